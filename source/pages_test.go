package source

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSavedPagesGiveTheirArticle holds the public saved pages against what
// their collectors expect: segments that must be there and that must not.
func TestSavedPagesGiveTheirArticle(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "data", "html-pages")
	files, err := filepath.Glob(filepath.Join(dir, "*.expected.json"))
	if err != nil || len(files) == 0 {
		t.Skip("the public corpora are not here")
	}
	found, wanted := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want struct {
			Title         string
			Date          string
			With, Without []string
		}
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		items, err := File(context.Background(), strings.TrimSuffix(file, ".expected.json")+".html", Options{})
		if err != nil {
			t.Fatal(err)
		}
		d := items[0].Document
		if want.Title != "" && d.Title != want.Title {
			t.Errorf("%s: title %q, want %q", file, d.Title, want.Title)
		}
		if want.Date != "" && d.Date != "" && string(d.Date) != want.Date {
			t.Errorf("%s: date %s, want %s or none", file, d.Date, want.Date)
		}
		body := squash(d.Text)
		for _, s := range want.With {
			wanted++
			if strings.Contains(body, squash(s)) {
				found++
			}
		}
		for _, s := range want.Without {
			if strings.Contains(body, squash(s)) {
				t.Errorf("%s: the text holds %q", file, s)
			}
		}
	}
	t.Logf("%d of %d segments found", found, wanted)
	if found*10 < wanted*8 {
		t.Errorf("only %d of %d segments are found", found, wanted)
	}
}
