package store

import (
	"hash/fnv"
	"sort"
	"unicode"

	"kith"
)

// Near-duplicates are found by shingles (Broder, On the resemblance and
// containment of documents, 1997): the hashes of all runs of a few words. One
// hash in eight (of a long text, one in sixteen), chosen by its value, is kept
// in the store; texts that share enough of those are compared in full. Containment, not resemblance, decides:
// a wire story cut by half is still that story.
const (
	shingleWords = 5
	sampleEvery  = 8
	longText     = 256 // shingles: from here on half as many are kept
	leastShared  = 2   // sampled shingles, for a full comparison
	mostCommon   = 64  // documents with one shingle: beyond, it is boilerplate
	mostCompared = 4   // full comparisons a document
	leastWords   = 30  // shorter texts are no copies of anything
)

// copyThreshold is the share of the shorter text's shingles that must stand in
// the longer one. Short stories that repeat a paragraph of background from an
// earlier one stay below 0.58; of 84 edited copies 83 are above 0.7.
const copyThreshold = 0.6

// shingle returns the sorted distinct hashes of a text's runs of words.
func shingle(text string) []uint64 {
	var window [shingleWords]uint64
	var out []uint64
	words := 0
	each := func(word []rune) {
		h := fnv.New64a()
		h.Write([]byte(string(word)))
		window[words%shingleWords] = h.Sum64()
		words++
		if words < shingleWords {
			return
		}
		var sum uint64 = 14695981039346656037
		for i := range shingleWords {
			sum = (sum ^ window[(words+i)%shingleWords]) * 1099511628211
			sum ^= sum >> 29
		}
		out = append(out, sum)
	}
	var word []rune
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word = append(word, unicode.ToLower(r))
			continue
		}
		if len(word) > 0 && r != '\'' && r != '’' {
			each(word)
			word = word[:0]
		}
	}
	if len(word) > 0 {
		each(word)
	}
	if words < leastWords {
		return nil
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	n := 0
	for i, h := range out {
		if i == 0 || h != out[i-1] {
			out[n] = h
			n++
		}
	}
	return out[:n]
}

// sample keeps the hashes that a store looks documents up by.
func sample(shingles []uint64) []uint64 {
	every := uint64(sampleEvery)
	if len(shingles) >= longText {
		every *= 2
	}
	var out []uint64
	for _, h := range shingles {
		if (h>>32)%every == 0 {
			out = append(out, h)
		}
	}
	return out
}

// contained is the share of the smaller set that the larger one holds.
func contained(a, b []uint64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	return float64(shared) / float64(min(len(a), len(b)))
}

// nearest is the document whose text the given one shares most of, where that
// is enough to be a copy.
func (t *tx) nearest(d *kith.Document, shingles, sketch []uint64) (kith.DocumentID, float64, error) {
	hashes := make([]int64, len(sketch))
	for i, h := range sketch {
		hashes[i] = int64(h)
	}
	shared := map[kith.DocumentID]int{}
	var candidates []kith.DocumentID
	err := t.each(func(scan func(...any) error) error {
		var doc kith.DocumentID
		var n int
		err := scan(&doc, &n)
		shared[doc] = n
		candidates = append(candidates, doc)
		return err
	}, `SELECT s.document, count(*) FROM json_each(?1) j CROSS JOIN sketches s ON s.hash = j.value WHERE s.document <> ?2
		AND (SELECT count(*) FROM (SELECT 1 FROM sketches WHERE hash = j.value AND document <> ?2 LIMIT ?3)) < ?3
		GROUP BY s.document HAVING count(*) >= ?4`, toJSON(hashes), d.ID, mostCommon, leastShared)
	if err != nil {
		return "", 0, err
	}
	sort.Slice(candidates, func(i, j int) bool {
		a, b := candidates[i], candidates[j]
		return shared[a] > shared[b] || shared[a] == shared[b] && a < b
	})
	var best kith.DocumentID
	var most float64
	for _, doc := range candidates[:min(len(candidates), mostCompared)] {
		var text string
		if _, err := t.first([]any{&text}, "SELECT text FROM documents WHERE id = ?", doc); err != nil {
			return "", 0, err
		}
		if share := contained(shingles, shingle(text)); share >= copyThreshold && share > most {
			best, most = doc, share
		}
	}
	return best, most, nil
}

// putCopy notes that a document shares its source with another: the earliest
// of them all.
func (t *tx) putCopy(doc, near kith.DocumentID, similarity float64, at string) error {
	original := near
	if _, err := t.first([]any{&original}, "SELECT original FROM copies WHERE document = ?", near); err != nil {
		return err
	}
	return t.exec("INSERT INTO copies (document, original, similarity, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", doc, original, similarity, at)
}
