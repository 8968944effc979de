package store_test

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith"
	"kith/store"
)

// TestStoreOfTheFirstVersionIsBroughtUpToDate writes traits as the first
// version of the tables kept them, and opens the store again.
func TestStoreOfTheFirstVersionIsBroughtUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.kith")
	s, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	var rows []*kith.Reading
	for n := range 20 {
		rows = append(rows, row(rnd, n))
	}
	if _, err := s.PutAll(context.Background(), rows, judgeByName); err != nil {
		t.Fatal(err)
	}
	s.Close()
	want := dump(t, path)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{
		`UPDATE local_traits SET traits = (SELECT json_group_array(json_object('kind', substr(k.value, 1, instr(k.value, ' ') - 1),
			'value', substr(k.value, instr(k.value, ' ') + 1), 'count', 1)) FROM json_each(local_traits.traits) k)`,
		"DROP INDEX visible_shown", "DROP INDEX judgements_unsure",
		"DELETE FROM goose_db_version WHERE version_id > 1",
		"PRAGMA user_version = 1",
	} {
		if _, err := db.Exec(step); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	if s, err = store.Open(path, store.Options{}); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	s.Close()
	if diff := cmp.Diff(want, dump(t, path)); diff != "" {
		t.Errorf("the store is another one afterwards:\n%.2000s", diff)
	}
}
