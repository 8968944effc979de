package wordlist

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestCommentsAndEmptyLinesArePassedOver(t *testing.T) {
	fsys := fstest.MapFS{"lexicons/birds.txt": {Data: []byte("# birds\n\n wren  # small\nred kite\n")}}
	var got []string
	if err := Each(fsys, "birds", func(e string) error { got = append(got, e); return nil }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"wren", "red kite"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnErrorNamesFileAndLine(t *testing.T) {
	fsys := fstest.MapFS{"lexicons/birds.txt": {Data: []byte("wren\ncow\n")}}
	wrong := errors.New("no bird")
	err := Each(fsys, "birds", func(e string) error {
		if e == "cow" {
			return wrong
		}
		return nil
	})
	if !errors.Is(err, wrong) || !strings.Contains(err.Error(), "lexicons/birds.txt:2") {
		t.Errorf("err = %v", err)
	}
	if err := Each(fsys, "fish", func(string) error { return nil }); err == nil {
		t.Error("a lexicon that is not there was read")
	}
}
