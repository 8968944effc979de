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
var EmbeddedWords = embedded("words", OpenWords)

// embedded returns what opens the embedded model of that name, once.
func embedded[T any](name string, open func([]byte) (T, error)) func() (T, error) {
	return sync.OnceValues(func() (T, error) {
		data, err := weights.Load(name)
		if err != nil {
			var none T
			return none, err
		}
		return open(data)
	})
}

// withWords gives a model the embedded word classes.
func withWords[T any](open func([]byte, *Words) (T, error)) func([]byte) (T, error) {
	return func(data []byte) (T, error) {
		words, err := EmbeddedWords()
		if err != nil {
			var none T
			return none, err
		}
		return open(data, words)
	}
}
