package graph

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"kith"
)

func claim(n int, subject, predicate, object string, doc string) *kith.Claim {
	ref := func(name string) kith.EntityRef {
		return kith.EntityRef{ID: kith.EntityID("e" + name), Name: name, Type: kith.Person}
	}
	to := ref(object)
	return &kith.Claim{ID: kith.ClaimID(fmt.Sprintf("c%03d", n)), Subject: ref(subject), Predicate: kith.Predicate(predicate), Object: &to,
		Modality: kith.Asserted, Confidence: 0.9, Evidence: kith.Evidence{Document: kith.DocumentID(doc)}}
}

func claims(n int) []*kith.Claim {
	var list []*kith.Claim
	for i := range n {
		list = append(list, claim(i, string(rune('a'+i*7%20)), []string{"endorsed", "met_with", "advised"}[i%3], string(rune('a'+i*3%20)), fmt.Sprintf("d%d", i/5)))
	}
	return list
}

func pack(list []*kith.Claim) *Snapshot {
	b := NewBuilder(nil, nil)
	for _, c := range list {
		b.Add(c)
	}
	return b.Snapshot()
}

// said lists what a snapshot says as text, in no matter which numbering.
func said(s *Snapshot) []string {
	var out []string
	for x := range uint32(s.Nodes()) {
		for _, y := range s.Neighbours(x, &Filter{}) {
			out = append(out, fmt.Sprint(s.Entity(x).Name, s.Entity(y.Node).Name, y.Strength, s.Claims(x, y.Node, nil)))
		}
	}
	slices.Sort(out)
	return out
}

func TestSavedSnapshotOpensAsItWas(t *testing.T) {
	s := pack(claims(60))
	s.Mark = "day 1"
	path := filepath.Join(t.TempDir(), "net")
	if err := s.Save(path); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if again.Mark != s.Mark || !reflect.DeepEqual(said(again), said(s)) {
		t.Error("the opened snapshot says something else")
	}
	if n, ok := again.Node("ea"); !ok || again.Entity(n).Name != "a" {
		t.Error("an entity is not found by its id")
	}
}

func TestExtendedSnapshotEqualsOnePackedWhole(t *testing.T) {
	list := claims(80)
	b := Extend(pack(list[:50]), nil, nil)
	for _, c := range list[50:] {
		b.Add(c)
	}
	if got, want := said(b.Snapshot()), said(pack(list)); !slices.Equal(got, want) {
		t.Errorf("extended: %v\nwhole: %v", got, want)
	}
}

func TestDroppedDocumentsAndMovedEntitiesAreGone(t *testing.T) {
	list := claims(50)
	b := Extend(pack(list), nil, nil)
	got := said(b.Without(map[kith.DocumentID]bool{"d3": true}, map[kith.EntityID]kith.EntityRef{"eb": {ID: "ea", Name: "a", Type: kith.Person}}))
	var kept []*kith.Claim
	for _, c := range list {
		if c.Evidence.Document == "d3" {
			continue
		}
		for _, ref := range []*kith.EntityRef{&c.Subject, c.Object} {
			if ref.ID == "eb" {
				ref.ID, ref.Name = "ea", "a"
			}
		}
		kept = append(kept, c)
	}
	if want := said(pack(kept)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestDamagedSnapshotsAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "net")
	if err := pack(claims(60)).Save(path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"cut short":     func(b []byte) []byte { return b[:len(b)-64] },
		"another magic": func(b []byte) []byte { b[0] = 'x'; return b },
		"a bit flipped": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"header":        func(b []byte) []byte { b[40] ^= 1; return b },
		"empty":         func([]byte) []byte { return nil },
	} {
		if err := os.WriteFile(path, damage(slices.Clone(whole)), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, ErrFile) {
			t.Errorf("%s: opened with %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	path := filepath.Join(f.TempDir(), "net")
	if err := pack(claims(10)).Save(path); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:headerBytes])
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := parse(data); err == nil && s == nil {
			t.Error("no error and no snapshot")
		}
	})
}
