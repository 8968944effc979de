package kith

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// bareJSON is what a claim's id digests, by encoding/json.
func bareJSON(t interface{ Fatal(...any) }, c Claim) string {
	c.ID, c.Extractor, c.Confidence, c.Review, c.Superseded, c.Subject.ID = "", "", 0, "", false, ""
	bare := func(e *EntityRef) *EntityRef {
		if e == nil {
			return nil
		}
		return &EntityRef{Name: e.Name, Type: e.Type}
	}
	c.Object, c.Qualifiers.Third = bare(c.Object), bare(c.Qualifiers.Third)
	if c.Attribution != nil {
		c.Attribution = &Attribution{Kind: c.Attribution.Kind, Name: c.Attribution.Name}
	}
	text, err := json.Marshal(&c)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnIDDigestsTheClaimsJSON(t *testing.T) {
	strange := []string{"", "Ann Lee", "a\"b\\c", "<b>&", "line\u2028\u2029end", "“Zoë” Ñ 日本", "\xffbroken\xe2\x80", "\x00\t\n\x1f\x7f", "\u2027"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.SampledFrom(strange), rapid.String())
		var c Claim
		draw(t, reflect.ValueOf(&c).Elem(), text)
		if got, want := string(c.content(nil)), bareJSON(t, c); got != want {
			t.Fatalf("digests\n%s\nnot\n%s", got, want)
		}
	})
}

// draw fills all fields of a value, those within fields too.
func draw(t *rapid.T, v reflect.Value, text *rapid.Generator[string]) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			draw(t, v.Field(i), text)
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, v.Elem(), text)
		}
	case reflect.String:
		v.SetString(text.Draw(t, "text"))
	case reflect.Int:
		v.SetInt(int64(rapid.Int().Draw(t, "number")))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "flag"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64Range(0, 1).Draw(t, "share"))
	default:
		t.Fatalf("a claim has a field of kind %s that its id may not digest", v.Kind())
	}
}
