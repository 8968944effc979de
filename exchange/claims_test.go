package exchange

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"kith"
)

const claimsText = "Ada Brook introduced Tom Ferris to Lena Voss at a dinner. Brook endorsed Ferris in 2021. Ferris’ sister, Mia Ferris, was there."

func claimLine(t *testing.T, quote, fields string) string {
	t.Helper()
	at := strings.Index(claimsText, quote)
	if at < 0 {
		t.Fatalf("%q is not in the text", quote)
	}
	text, err := json.Marshal(quote)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{%s,"evidence":{"start":%d,"end":%d,"quote":%s}}`, fields, at, at+len(quote), text)
}

func claimsDocument() *kith.Document {
	return &kith.Document{ID: kith.NewDocumentID(claimsText), Text: claimsText, Title: "Dinner"}
}

func TestClaimsMadeElsewhereKeepTheirExtractorAndResolveTheirEnds(t *testing.T) {
	first := "Ada Brook introduced Tom Ferris to Lena Voss at a dinner."
	second := "Brook endorsed Ferris in 2021."
	lines := []string{
		claimLine(t, first, `"subject":{"name":"Ada Brook","type":"Person"},"predicate":"introduced","object":{"name":"Tom Ferris","type":"Person"},"qualifiers":{"third":{"name":"Lena Voss","type":"Person"},"count":2},"modality":"asserted","extractor":"annotator 7"`),
		claimLine(t, second, `"subject":"Brook","predicate":"endorsed","object":"Ferris","time":{"from":"2021","to":"2021"},"extractor":"annotator 7"`),
		claimLine(t, "Ferris’ sister, Mia Ferris, was there.", `"subject":"Mia Ferris","predicate":"sibling_of","object":"Tom Ferris"`),
	}
	file, err := ReadClaims(strings.NewReader(strings.Join(lines, "\n\n")), claimsDocument(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Refused) > 0 || file.Lines != 3 || len(file.Readings) != 2 {
		t.Fatalf("got %d lines, %d readings, refused %v", file.Lines, len(file.Readings), file.Refused)
	}
	r := file.Readings[0]
	if r.Extractor != "annotator 7" || file.Readings[1].Extractor != "hand" {
		t.Errorf("extractors are %q and %q", r.Extractor, file.Readings[1].Extractor)
	}
	endorsed := r.Claims[1]
	if endorsed.Subject.Name != "Ada Brook" || endorsed.Object.Name != "Tom Ferris" {
		t.Errorf("“Brook endorsed Ferris” reads as %s endorsed %s", endorsed.Subject.Name, endorsed.Object.Name)
	}
	if got := r.Claims[0].Qualifiers; got.Third.Name != "Lena Voss" || got.Count != "2" {
		t.Errorf("qualifiers are %+v", got)
	}
	for _, c := range r.Claims {
		if c.ID != c.ComputeID() || c.Subject.ID == "" {
			t.Errorf("claim %+v is not sealed or resolved", c)
		}
	}
}

func TestFieldsOfAClaimAreReadHoweverTheyAreWritten(t *testing.T) {
	quote := "Brook endorsed Ferris in 2021."
	for fields, want := range map[string]func(*kith.Claim) bool{
		`"time":{"from":2021,"to":"c. 2022","text":null}`: func(c *kith.Claim) bool { return c.Time == kith.Time{From: "2021", To: "2022"} },
		`"time":"2021-05~"`:                                      func(c *kith.Claim) bool { return c.Time == kith.Time{From: "2021-05", To: "2021-05"} },
		`"time":null,"value":null,"qualifiers":null`:             func(c *kith.Claim) bool { return c.Time.IsZero() && c.Value == "" },
		`"modality":"Hedged"`:                                    func(c *kith.Claim) bool { return c.Modality == kith.Hedged },
		`"attribution":"two aides"`:                              func(c *kith.Claim) bool { return c.Attribution.Kind == kith.ByAnonymous },
		`"attribution":"Ada Brook"`:                              func(c *kith.Claim) bool { return c.Attribution.Kind == kith.ByEntity && c.Attribution.ID != "" },
		`"attribution":{"kind":"group","name":"Ferris' office"}`: func(c *kith.Claim) bool { return c.Attribution.Kind == kith.ByGroup },
		`"object":"Dockers' Union"`:                              func(c *kith.Claim) bool { return c.Object.Type == kith.Organization },
		`"value":3`:                                              func(c *kith.Claim) bool { return c.Value == "3" },
	} {
		file, err := ReadClaims(strings.NewReader(claimLine(t, quote, `"subject":"Ada Brook","predicate":"endorsed",`+fields)), claimsDocument(), nil)
		if err != nil || len(file.Refused) > 0 || len(file.Readings) != 1 {
			t.Errorf("%s: %v, refused %v", fields, err, file.Refused)
			continue
		}
		if c := &file.Readings[0].Claims[0]; !want(c) {
			t.Errorf("%s reads as %+v", fields, c)
		}
	}
	backwards := `"subject":"Ada Brook","predicate":"endorsed","time":{"from":"2022","to":"2021"}`
	file, err := ReadClaims(strings.NewReader(claimLine(t, quote, backwards)), claimsDocument(), nil)
	if err != nil || len(file.Refused) != 1 {
		t.Errorf("a time that ends before it begins: %v, refused %v", err, file.Refused)
	}
}

func TestBareSurnameMeansWhomTheAnnotatedSentencesMean(t *testing.T) {
	lines := []string{
		claimLine(t, "Brook endorsed Ferris in 2021.", `"subject":"Ada Brook","predicate":"endorsed","object":"Tom Ferris"`),
		claimLine(t, "Ferris’ sister, Mia Ferris, was there.", `"subject":"Mia Ferris","predicate":"sibling_of","object":"Tom Ferris"`),
	}
	file, err := ReadClaims(strings.NewReader(strings.Join(lines, "\n")), claimsDocument(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range file.Readings[0].Entities {
		has := len(e.Aliases) == 1 && e.Aliases[0] == "Ferris"
		if (e.Name == "Tom Ferris") != has && e.Name != "Ada Brook" {
			t.Errorf("%s has the aliases %q", e.Name, e.Aliases)
		}
	}
}

func TestBadLinesAreRefusedWithTheirNumberAndCause(t *testing.T) {
	good := claimLine(t, "Brook endorsed Ferris in 2021.", `"subject":"Ada Brook","predicate":"endorsed","object":"Tom Ferris"`)
	for bad, want := range map[string]string{
		`{"subject":`: "no claim in JSON",
		`{"subject":"A","predicate":"endorsed","object":"B","evidence":{"start":0,"end":5,"quote":"Brook"}}`:              "not the document's text from byte 0 to 5",
		`{"subject":"A","predicate":"endorsed","object":"B","evidence":{"start":0,"end":5,"quote":"Harbour"}}`:            "stands nowhere",
		`{"subject":"A","predicate":"endorsed","object":"B","evidence":{"quote":"at a dinner"}}`:                          "it stands at bytes 45 to 56",
		`{"subject":"A","predicate":"endorsd","object":"B","evidence":{"start":0,"end":3,"quote":"Ada"}}`:                 `did you mean "endorsed"?`,
		`{"predicate":"endorsed","object":"B","evidence":{"start":0,"end":3,"quote":"Ada"}}`:                              "no subject",
		`{"subject":"A","predicate":"endorsed","modality":"maybe","evidence":{"start":0,"end":3,"quote":"Ada"}}`:          "unknown modality",
		`{"subject":"A","predicate":"endorsed","time":{"from":"21"},"evidence":{"start":0,"end":3,"quote":"Ada"}}`:        "want YYYY",
		`{"subject":"A","predicate":"endorsed","confidence":2,"evidence":{"start":0,"end":3,"quote":"Ada"}}`:              "not between 0 and 1",
		`{"subject":"A","predicate":"endorsed","qualifiers":{"colour":"x"},"evidence":{"start":0,"end":3,"quote":"Ada"}}`: "unknown qualifier",
		`{"subject":{"name":"A","type":"Ship"},"predicate":"endorsed","evidence":{"start":0,"end":3,"quote":"Ada"}}`:      "unknown type",
	} {
		file, err := ReadClaims(strings.NewReader(good+"\n"+bad+"\n"+good), claimsDocument(), nil)
		if err != nil {
			t.Errorf("%s: %v", bad, err)
			continue
		}
		if len(file.Refused) != 1 || file.Refused[0].Line != 2 || !strings.Contains(file.Refused[0].Why, want) {
			t.Errorf("%s\n refused as %v, want line 2 with %q", bad, file.Refused, want)
		}
		if len(file.Readings) != 1 || len(file.Readings[0].Claims) != 2 {
			t.Errorf("%s: the good lines were not kept", bad)
		}
	}
}

func FuzzReadClaims(f *testing.F) {
	f.Add(`{"subject":"Brook","predicate":"endorsed","object":"Ferris","evidence":{"start":58,"end":88,"quote":"Brook endorsed Ferris in 2021."}}`)
	f.Add("{}\n[]\nnull\n\"x\"\n{\"subject\":{\"name\":\"\\u0000\"}}")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := ReadClaims(strings.NewReader(text), claimsDocument(), nil)
		if err != nil {
			return
		}
		for _, r := range file.Readings {
			for _, c := range r.Claims {
				if err := c.Check(claimsText); err != nil || c.Subject.ID == "" {
					t.Errorf("%q gave a claim that breaks the contract: %v", text, err)
				}
			}
		}
	})
}
