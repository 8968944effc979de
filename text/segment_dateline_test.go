package text

import "testing"

func TestADatelineStandsApart(t *testing.T) {
	for text, want := range map[string]string{
		"WASHINGTON (AP) — Sen. Ann Lee resigned.":               "WASHINGTON (AP) — ",
		"BERLIN, March 3 (Reuters) - Chancellor Karl Lenz met.":  "BERLIN, March 3 (Reuters) - ",
		"DAYTON, Ohio -- Two aides left.":                        "DAYTON, Ohio -- ",
		"LONDON — “No,” she said.":                               "LONDON — ",
		"Port Leland (CNS) — Former Gov. Ann Lee runs.":          "Port Leland (CNS) — ",
		"Ann Lee — the first woman to hold the post — resigned.": "",
		"NATO — the alliance — met.":                             "",
		"Ann Lee and Bo Cruz met - Nobody knew.":                 "",
		"The FBI – Federal Bureau of Investigation – knew.":      "",
		"BBC (the broadcaster) — said so.":                       "",
		"—":                                                      "",
		"":                                                       "",
	} {
		if got := text[:dateline(text)]; got != want {
			t.Errorf("dateline of %q is %q, want %q", text, got, want)
		}
	}
}
