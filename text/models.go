package text

import (
	"sync"

	"kith/internal/weights"
)

// Load decodes the packed models in the background, so that they are there
// when the first document comes to the stages that need them. Calling it is
// never necessary.
func Load() {
	go embeddedNamer()
	go embeddedLinker()
}

// EmbeddedWords returns the embedded word classes.
var EmbeddedWords = sync.OnceValues(func() (*Words, error) {
	data, err := weights.Load("words")
	if err != nil {
		return nil, err
	}
	return OpenWords(data)
})
