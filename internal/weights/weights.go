// Package weights loads the trained models into memory.
//
// A model is read at random places, a hundred of them for each word of a text. With pages of 4 KB most of that
// time goes into finding the page; so the models lie together in pages of 2 MB, where the system has them.
package weights

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"kith/data"
)

// Load returns the embedded model file of that name, to be read only. It
// begins at a multiple of 64 bytes, a line of the processor's cache. It is an
// error where the program was built without the model.
func Load(name string) ([]byte, error) {
	b, err := load("models/" + name + ".kwm")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("load model %s: data/models/%s.kwm was not there when the program was built; train it with kith-train", name, name)
	}
	if err != nil {
		return nil, fmt.Errorf("load model %s: %w", name, err)
	}
	return b, nil
}

// Room returns n bytes of zeros that lie with the models and are kept to the
// program's end: for what is unpacked of one.
func Room(n int) []byte { return models.take(n) }

func load(path string) ([]byte, error) {
	f, err := data.FS.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	b := models.take(int(info.Size()))
	_, err = io.ReadFull(f, b)
	return b, err
}

// models holds all models of the program, which keeps them to its end.
var models arena

// arena hands out memory piece by piece. It is safe for concurrent use.
type arena struct {
	sync.Mutex
	free []byte
}

// chunk is more than all models take; what is never touched costs nothing.
const chunk = 64 << 20

// line is the size of a line of the processor's cache, in bytes.
const line = 64

func (a *arena) take(n int) []byte {
	a.Lock()
	defer a.Unlock()
	size := (n + line - 1) &^ (line - 1)
	if size > len(a.free) {
		a.free = pages(max(size, chunk))
	}
	b := a.free[:n:n]
	a.free = a.free[size:]
	return b
}
