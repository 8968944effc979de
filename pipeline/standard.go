package pipeline

import (
	"fmt"
	"io/fs"

	"kith"
	"kith/extract"
	"kith/ontology"
	"kith/text"
)

// Standard is the reader that kith ships: all stages with the knowledge in
// fsys (package data's FS, or a folder laid over it).
func Standard(fsys fs.FS) (*Reader, error) {
	text.Load()
	o, err := ontology.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("build reader: %w", err)
	}
	claims, err := extract.New(o, fsys)
	if err != nil {
		return nil, fmt.Errorf("build reader: %w", err)
	}
	return New("kith/"+kith.Version, text.Segment, text.Tag, text.Parse, text.Names, text.Quotes{}, text.Coreference, text.Speakers{}, claims)
}
