package main

import (
	"kith/data"
	"kith/pipeline"
)

// newReader builds the whole chain from text to claims, as the main program
// does, on the embedded data.
func newReader() (*pipeline.Reader, error) { return pipeline.Standard(data.FS) }
