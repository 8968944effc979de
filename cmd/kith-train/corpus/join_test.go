package corpus

import "testing"

func TestWordsAreJoinedAsPeopleSpaceThem(t *testing.T) {
	j := Join([]string{`"`, "It", "is", "n't", "(", "yet", ")", "Ann", "'s", ",", `"`, "she", "said", "."})
	if want := `"It isn't (yet) Ann's," she said.`; j.Text != want {
		t.Errorf("got %s, want %s", j.Text, want)
	}
	if s := j.Span(7, 9).Cut(j.Text); s != "Ann's" {
		t.Errorf("words 7 and 8 are %q", s)
	}
	if s := j.Span(13, 15); s.End != 0 {
		t.Errorf("words beyond the end stand at %v", s)
	}
}
