package store

import (
	"context"
	"iter"
	"strings"
	"unicode"

	"kith"
)

// Marks around found words. They are private-use characters; a passage that
// holds them itself is shown without marks.
const (
	markOpen  = "\ue000"
	markClose = "\ue001"
)

// Search finds passages that hold all the words, or, where none does, some.
func (v *view) Search(ctx context.Context, words string, most int) iter.Seq2[kith.Hit, error] {
	terms := searchTerms(words)
	return func(yield func(kith.Hit, error) bool) {
		for _, glue := range []string{" AND ", " OR "} {
			if len(terms) == 0 {
				return
			}
			any := false
			for hit, err := range v.hits(ctx, strings.Join(terms, glue), most) {
				any = true
				if !yield(hit, err) || err != nil {
					return
				}
			}
			if any || len(terms) == 1 {
				return
			}
		}
	}
}

// searchTerms quotes each word, so that none is read as an operator.
func searchTerms(words string) []string {
	var terms []string
	for _, w := range strings.Fields(words) {
		if len(terms) < 32 && strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			terms = append(terms, `"`+strings.ReplaceAll(strings.ReplaceAll(w, "\x00", ""), `"`, `""`)+`"`)
		}
	}
	return terms
}

func (v *view) hits(ctx context.Context, match string, most int) iter.Seq2[kith.Hit, error] {
	return stream(ctx, v, "search", func(scan func(...any) error) (kith.Hit, error) {
		var h kith.Hit
		var marked string
		if err := scan(&h.Document, &h.Title, &h.Start, &h.End, &marked, &h.Score); err != nil {
			return h, err
		}
		h.Score = -h.Score
		h.Text, h.Marks = unmark(marked, h.Start)
		if len(h.Text) != h.Len() {
			h.Text, h.Marks = strings.NewReplacer(markOpen, "", markClose, "").Replace(marked), nil
		}
		return h, nil
	}, `SELECT d.id, d.title, p.start_byte, p.end_byte, highlight(search, 0, '`+markOpen+`', '`+markClose+`'), bm25(search)
		FROM search JOIN passages p ON p.n = search.rowid JOIN documents d ON d.id = p.document
		WHERE search MATCH ? AND d.at <= ? ORDER BY bm25(search), p.n`+limit(most), match, v.known)
}

// unmark takes the marks out of a passage that starts at an offset of its
// document and returns where they stood.
func unmark(marked string, start int) (string, []kith.Span) {
	var b strings.Builder
	var marks []kith.Span
	open := -1
	for len(marked) > 0 {
		i := strings.IndexAny(marked, markOpen+markClose)
		if i < 0 {
			b.WriteString(marked)
			break
		}
		b.WriteString(marked[:i])
		if strings.HasPrefix(marked[i:], markOpen) {
			open = b.Len()
		} else if open >= 0 {
			marks = append(marks, kith.Span{Start: start + open, End: start + b.Len()})
			open = -1
		}
		marked = marked[i+len(markOpen):]
	}
	return b.String(), marks
}
