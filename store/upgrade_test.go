package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
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
	asObjects(t, db, "local_traits", "entity")
	asObjects(t, db, "profiles", "cluster")
	for _, step := range []string{
		"CREATE INDEX local_names_folded ON local_names (folded)",
		"DROP INDEX visible_shown", "DROP INDEX judgements_unsure",
		"ALTER TABLE keys ADD COLUMN uses INTEGER NOT NULL DEFAULT 1",
		"DROP INDEX clusters_claims", "CREATE INDEX clusters_claims ON clusters (claims DESC, id)",
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

// asObjects writes the traits of a table as JSON objects.
func asObjects(t *testing.T, db *sql.DB, table, key string) {
	t.Helper()
	rows, err := db.Query("SELECT " + key + ", traits FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	old := map[string]string{}
	for rows.Next() {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			t.Fatal(err)
		}
		var traits []kith.Trait
		for _, line := range strings.Split(text, "\n") {
			f := append(strings.Split(line, "\t"), "1")
			n, _ := strconv.Atoi(f[2])
			traits = append(traits, kith.Trait{Kind: f[0], Value: f[1], Count: n})
		}
		content, _ := json.Marshal(traits)
		old[id] = string(content)
	}
	rows.Close()
	for id, text := range old {
		if _, err := db.Exec("UPDATE "+table+" SET traits = ? WHERE "+key+" = ?", text, id); err != nil {
			t.Fatal(err)
		}
	}
}
