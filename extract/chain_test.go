package extract_test

import (
	"kith"
	"kith/text"
)

// layers is the chain of stages before claims.
func layers() ([]kith.Stage, error) {
	return []kith.Stage{text.Segment, text.Tag, text.Parse, text.Names, text.Quotes{}, text.Coreference, text.Speakers{}}, nil
}
