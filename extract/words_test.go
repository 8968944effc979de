package extract

import (
	"fmt"
	"testing"
)

func TestAWordListFindsItsWordsAndNoOthers(t *testing.T) {
	var list []string
	for i := range 500 {
		list = append(list, fmt.Sprintf("word%d", i*i), fmt.Sprintf("%dé", i))
	}
	l := listOf(append(list, list...))
	for i, w := range list {
		if l.find(w) != i {
			t.Fatalf("%q is at %d, want %d", w, l.find(w), i)
		}
		if in(l, w+"s") || in(l, w[:len(w)-1]+"_") {
			t.Fatalf("a word like %q was taken for it", w)
		}
	}
	if in(l, "") || in(words(""), "") || in(words(""), "a") {
		t.Error("a word that is not there was found")
	}
}
