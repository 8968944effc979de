package source

import (
	"strings"
	"testing"
)

// TestAFootnoteDoesNotPartASentenceThatGoesOnOverThePage has notes at the foot
// of pages whose last sentences go on, and of one whose does not.
func TestAFootnoteDoesNotPartASentenceThatGoesOnOverThePage(t *testing.T) {
	pages := []string{
		"The mayor opened the new mole in May.\n\nLater that year, in a house on the hill above the harbour, Ada Lind met the\n" + noteBreak + "The Post, 4 March.\n1\n",
		"owner of the mill.\n\nHe gave her a map of the quays.\n" + noteBreak + "The Post, 5 March.\n2\n",
		"They parted in spring.\n3\n",
	}
	d, err := pagesDocument(pages)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"The mayor opened the new mole in May.", "The Post, 4 March.",
		"Later that year, in a house on the hill above the harbour, Ada Lind met the owner of the mill.",
		"He gave her a map of the quays.", "The Post, 5 March.", "They parted in spring."}
	if got := strings.Split(strings.TrimSpace(d.Text), "\n\n"); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
	for quote, page := range map[string]int{"The Post, 4 March.": 1, "owner of the mill": 2, "The Post, 5 March.": 2, "They parted": 3} {
		at := strings.Index(d.Text, quote)
		if span := d.Pages[page-1]; at < span.Start || at >= span.End {
			t.Errorf("%q stands at %d, page %d from %d to %d", quote, at, page, span.Start, span.End)
		}
	}
}

// TestANoteMarkLeavesNoGapBeforePunctuation takes marks out behind words and years.
func TestANoteMarkLeavesNoGapBeforePunctuation(t *testing.T) {
	word := func(text string, left, right, top, foot float64, line int) box {
		return box{text: text, left: left, right: right, top: top, foot: foot, line: line}
	}
	words := []box{
		word("in", 0, 10, 100, 112, 0), word("2015", 13, 35, 100, 112, 0), word("1", 35, 38, 99, 106, 0), word(".", 38, 41, 100, 112, 0),
		word("Ada", 44, 60, 100, 112, 0), word("left", 63, 80, 100, 112, 0), word("2", 80, 83, 99, 106, 0), word("early", 86, 100, 100, 112, 0),
		word("at", 0, 10, 115, 127, 1), word("ten", 13, 30, 115, 127, 1), word("to", 33, 45, 115, 127, 1), word("five", 48, 60, 115, 127, 1),
		word("1", 0, 4, 700, 709, 2), word("The", 8, 20, 700, 709, 2), word("Post", 23, 40, 700, 709, 2),
		word("2", 0, 4, 712, 721, 3), word("Minutes", 8, 30, 712, 721, 3),
	}
	var got []string
	for _, w := range withoutNoteMarks(words) {
		got = append(got, w.text)
	}
	if text, want := strings.Join(got, " "), "in 2015. Ada left early at ten to five The Post Minutes"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
}
