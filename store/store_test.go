package store_test

import (
	"path/filepath"
	"testing"

	"kith"
	"kith/store"
	"kith/store/storetest"
)

func open(t *testing.T) kith.Store {
	s, err := store.Open(filepath.Join(t.TempDir(), "test.kith"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestTheStoreKeepsTheContract(t *testing.T) { storetest.TestAll(t, open) }

func TestRandomHistoriesKeepTheContract(t *testing.T) {
	if testing.Short() {
		t.Skip("random histories are left out of -short runs: under the race detector they take minutes")
	}
	storetest.TestRandom(t, open)
}
