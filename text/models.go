package text

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"kith/data"
)

// model returns an embedded model file.
func model(name string) ([]byte, error) {
	b, err := fs.ReadFile(data.FS, "models/"+name+".kwm")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("load model %s: data/models/%s.kwm was not there when the program was built; train it with kith-train", name, name)
	}
	if err != nil {
		return nil, fmt.Errorf("load model %s: %w", name, err)
	}
	return b, nil
}

// Load decodes the packed models in the background, so that they are there
// when the first document comes to the stages that need them. Calling it is
// never necessary.
func Load() {
	go embeddedNamer()
	go embeddedLinker()
}

// EmbeddedWords returns the embedded word classes.
var EmbeddedWords = sync.OnceValues(func() (*Words, error) {
	data, err := model("words")
	if err != nil {
		return nil, err
	}
	return OpenWords(data)
})
