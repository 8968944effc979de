package answertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kith"
)

// goldFile is a file of claims made by hand, as the evaluation reads it: ends
// are names of the file's entities.
type goldFile struct {
	Entities []struct {
		Name    string
		Type    kith.EntityType
		Aliases []string
	}
	Claims []goldClaim
}

type goldClaim struct {
	Subject     string            `json:"subject"`
	Predicate   kith.Predicate    `json:"predicate"`
	Object      string            `json:"object"`
	Value       string            `json:"value"`
	Qualifiers  map[string]string `json:"qualifiers"`
	Time        kith.Time         `json:"time"`
	Negated     bool              `json:"negated"`
	Modality    kith.Modality     `json:"modality"`
	Attribution *kith.Attribution `json:"attribution"`
	Evidence    kith.Evidence     `json:"evidence"`
}

// Gold reads pairs of a text and its file of claims made by hand (NAME.txt
// beside NAME.json, or the two paths given) as one view.
func Gold(pairs ...[2]string) (*View, error) {
	var docs []kith.Document
	var entities []kith.Entity
	var claims []kith.Claim
	for _, p := range pairs {
		text, err := os.ReadFile(p[0])
		if err != nil {
			return nil, err
		}
		raw, err := os.ReadFile(p[1])
		if err != nil {
			return nil, err
		}
		var file goldFile
		if err := json.Unmarshal(raw, &file); err != nil {
			return nil, fmt.Errorf("read %s: %w", p[1], err)
		}
		d := kith.Document{ID: kith.NewDocumentID(string(text)), Text: string(text), Title: strings.TrimSuffix(filepath.Base(p[0]), ".txt")}
		own, list := goldEntities(d.ID, &file)
		docs, entities = append(docs, d), append(entities, own...)
		claims = append(claims, goldClaims(d.ID, &file, list)...)
	}
	return New(docs, entities, claims), nil
}

func goldEntities(doc kith.DocumentID, file *goldFile) ([]kith.Entity, map[string]kith.EntityRef) {
	var entities []kith.Entity
	refs := map[string]kith.EntityRef{}
	for _, e := range file.Entities {
		entity := kith.Entity{ID: kith.NewEntityID(doc, e.Name, e.Type, 0), Name: e.Name, Type: e.Type, Aliases: e.Aliases}
		entities = append(entities, entity)
		refs[e.Name] = entity.Ref()
	}
	return entities, refs
}

func goldClaims(doc kith.DocumentID, file *goldFile, refs map[string]kith.EntityRef) []kith.Claim {
	ref := func(name string) *kith.EntityRef {
		if name == "" {
			return nil
		}
		r, ok := refs[name]
		if !ok {
			r = kith.EntityRef{ID: kith.NewEntityID(doc, name, kith.Group, 0), Name: name, Type: kith.Group}
		}
		return &r
	}
	var claims []kith.Claim
	for _, g := range file.Claims {
		q := kith.Qualifiers{Third: ref(g.Qualifiers["third"])}
		delete(g.Qualifiers, "third")
		plain, _ := json.Marshal(g.Qualifiers)
		_ = json.Unmarshal(plain, &q)
		c := kith.Claim{Subject: *ref(g.Subject), Predicate: g.Predicate, Object: ref(g.Object), Value: g.Value, Qualifiers: q,
			Time: g.Time, Negated: g.Negated, Modality: g.Modality, Attribution: g.Attribution, Evidence: g.Evidence,
			Extractor: "hand", Confidence: 1, Review: kith.Unreviewed}
		c.Evidence.Document = doc
		if c.Attribution != nil && c.Attribution.Kind == kith.ByEntity {
			if r := ref(c.Attribution.Name); r != nil {
				c.Attribution.ID = r.ID
			}
		}
		c.Seal()
		claims = append(claims, c)
	}
	return claims
}
