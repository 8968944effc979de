package main

import (
	"kith/data"
	"kith/pipeline"
)

// newReader builds the reader of the main program on the embedded data.
func newReader() (*pipeline.Reader, error) { return pipeline.Standard(data.FS) }
