package source

import "testing"

func TestALanguageTieIsDecidedTheSameWayEachTime(t *testing.T) {
	const text = "Ved Oslo und the Harbor Lane" // one word each of Danish, German and English
	first := Language(text)
	for range 100 {
		if again := Language(text); again != first {
			t.Fatalf("language is %q and then %q", first, again)
		}
	}
}
