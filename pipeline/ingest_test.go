package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"kith"
)

// memory is a store that only remembers the order of what it was given.
type memory struct {
	kith.Store
	put    []string
	refuse string
	err    error
}

func (m *memory) Put(_ context.Context, r *kith.Reading) (kith.Added, error) {
	if r.Document.Path == m.refuse {
		return kith.Added{}, m.err
	}
	m.put = append(m.put, r.Document.Path)
	return kith.Added{New: true}, nil
}

func documents(n int) []Input {
	in := make([]Input, n)
	for i := range in {
		name := fmt.Sprintf("%03d.txt", i)
		in[i] = Input{Name: name, Document: &kith.Document{Path: name, Text: name}}
	}
	return in
}

func emptyReader(t *testing.T) *Reader {
	t.Helper()
	r, err := New("test")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDocumentsAreStoredInTheOrderOfTheInputs(t *testing.T) {
	m := &memory{}
	var reported []string
	err := Ingest(t.Context(), m, emptyReader(t), nil, slices.Values(documents(200)), func(r Report) { reported = append(reported, r.Name) })
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(m.put) || len(m.put) != 200 || !slices.Equal(m.put, reported) {
		t.Fatalf("stored %d in the order %v", len(m.put), m.put)
	}
}

func TestOneRefusedDocumentDoesNotKeepTheOthersOut(t *testing.T) {
	m := &memory{refuse: "003.txt", err: kith.ErrInvalid}
	inputs := documents(10)
	inputs[5] = Input{Name: "005.txt", Err: errors.New("unreadable")}
	failed := 0
	err := Ingest(t.Context(), m, emptyReader(t), nil, slices.Values(inputs), func(r Report) {
		if r.Err != nil {
			failed++
		}
	})
	if err != nil || failed != 2 || len(m.put) != 8 {
		t.Fatalf("err %v, %d failed, %d stored; want none, 2, 8", err, failed, len(m.put))
	}
}

func TestAFullDiskEndsTheRun(t *testing.T) {
	m := &memory{refuse: "003.txt", err: kith.ErrFull}
	err := Ingest(t.Context(), m, emptyReader(t), nil, slices.Values(documents(100)), func(Report) {})
	if !errors.Is(err, kith.ErrFull) || len(m.put) != 3 {
		t.Fatalf("err %v after %d stored; want a full disk after 3", err, len(m.put))
	}
}

func TestAnInterruptedRunStopsBetweenDocuments(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	m := &memory{}
	err := Ingest(ctx, m, emptyReader(t), nil, slices.Values(documents(100)), func(Report) {
		if len(m.put) >= 5 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || len(m.put) >= 100 {
		t.Fatalf("err %v after %d stored", err, len(m.put))
	}
}
