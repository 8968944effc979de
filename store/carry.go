package store

import (
	"sort"
	"strings"

	"kith"
)

// continueReading ties a new reading to the one before it by the same reader:
// entities under another name that have the same mentions are judged the
// same, and decisions hold on for claims that say the same in other words.
func (t *tx) continueReading(r *kith.Reading, n int64, at string) error {
	var before int64
	found, err := t.first([]any{&before}, "SELECT n FROM readings WHERE document = ? AND reader = ? AND n < ? ORDER BY n DESC LIMIT 1",
		r.Document.ID, reader(r.Extractor), n)
	if err != nil || !found {
		return err
	}
	if err := t.continueEntities(r, before, at); err != nil {
		return err
	}
	same := func(s kith.Span) (kith.Span, bool) { return s, true }
	return t.carryDecisions(r.Document.ID, r.Document.ID, n, at, same)
}

// continueEntities judges an entity of the earlier reading that the new one
// no longer has the same as the new one's entity with most of its mentions.
func (t *tx) continueEntities(r *kith.Reading, before int64, at string) error {
	had := map[kith.EntityID]bool{}
	ids, err := column[kith.EntityID](&t.queries, "SELECT id FROM entities WHERE document = ? AND reading = ?", r.Document.ID, before)
	if err != nil {
		return err
	}
	for _, id := range ids {
		had[id] = true
	}
	now := map[kith.EntityID]bool{}
	byPlace := map[kith.Span]kith.EntityID{}
	for _, e := range r.Entities {
		now[e.ID] = true
	}
	for _, m := range r.Mentions {
		if !had[m.ID] {
			byPlace[m.Span] = m.ID
		}
	}
	type link struct{ old, new kith.EntityID }
	shared, size := map[link]int{}, map[kith.EntityID]int{}
	err = t.each(func(scan func(...any) error) error {
		var s kith.Span
		var old kith.EntityID
		if err := scan(&s.Start, &s.End, &old); err != nil || now[old] {
			return err
		}
		size[old]++
		if id, ok := byPlace[s]; ok {
			shared[link{old, id}]++
		}
		return nil
	}, "SELECT start_byte, end_byte, entity FROM mentions WHERE document = ? AND reading = ?", r.Document.ID, before)
	if err != nil {
		return err
	}
	var js []kith.Judgement
	for l, count := range shared {
		if 2*count <= size[l.old] { // at most one can have more than half
			continue
		}
		js = append(js, kith.Judgement{A: min(l.old, l.new), B: max(l.old, l.new), Verdict: kith.Same, Score: 0.99,
			By: "kith/" + kith.Version + " reading", At: unstamp(at), Reasons: []kith.Reason{{Feature: "same mentions", Weight: 5}}})
	}
	sort.Slice(js, func(i, k int) bool { return js[i].A < js[k].A || js[i].A == js[k].A && js[i].B < js[k].B })
	_, err = t.judge(js)
	return err
}

// decidedClaim is a claim on which there are decisions, as it was read.
type decidedClaim struct {
	kith.Claim
	key kith.ClaimKey
}

// carryDecisions lets decisions on claims of one document hold for the claims
// that a reading of another version (or of the same) makes in their place:
// same predicate, same ends, overlapping words.
func (t *tx) carryDecisions(from, to kith.DocumentID, reading int64, at string, move func(kith.Span) (kith.Span, bool)) error {
	decided, err := t.claimsWithKeys(`c.document = ?1 AND c.reading > 0 AND c.reading <> ?2 AND c.key IN
		(SELECT claim_key FROM decisions WHERE document = ?1 AND claim_key <> '' UNION SELECT key FROM carried WHERE document = ?1)`, from, reading)
	if err != nil || len(decided) == 0 {
		return err
	}
	fresh, err := t.claimsWithKeys("c.document = ?1 AND c.reading = ?2", to, reading)
	if err != nil {
		return err
	}
	have := map[kith.ClaimKey]bool{}
	for _, c := range fresh {
		have[c.key] = true
	}
	done := map[kith.ClaimKey]bool{}
	for i := len(decided) - 1; i >= 0; i-- { // the newest wording of a key first
		old := decided[i]
		if have[old.key] || done[old.key] {
			continue
		}
		done[old.key] = true
		key, err := t.heir(old, fresh, move)
		if err != nil {
			return err
		}
		if key == "" {
			continue
		}
		if err := t.exec("INSERT OR IGNORE INTO carried (document, key, from_key, at) VALUES (?, ?, ?, ?)", to, key, old.key, at); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) claimsWithKeys(where string, args ...any) ([]decidedClaim, error) {
	var out []decidedClaim
	err := t.each(func(scan func(...any) error) (err error) {
		var d decidedClaim
		d.Claim, err = scanClaim(scan, &d.key)
		out = append(out, d)
		return err
	}, "SELECT "+claimColumns+", c.key FROM claims c WHERE "+where+" ORDER BY c.n", args...)
	return out, err
}

// heir is the key of the claim that stands in old's place, or "".
func (t *tx) heir(old decidedClaim, fresh []decidedClaim, move func(kith.Span) (kith.Span, bool)) (kith.ClaimKey, error) {
	span, ok := move(old.Evidence.Span())
	if !ok {
		return "", nil
	}
	for _, c := range fresh {
		if c.Predicate != old.Predicate || !c.Evidence.Span().Overlaps(span) {
			continue
		}
		if !sameValue(c.Value, old.Value) || c.Qualifiers.Election != old.Qualifiers.Election && c.Qualifiers.Election != "" && old.Qualifiers.Election != "" {
			continue
		}
		same, err := t.sameEnd(&c.Subject, &old.Subject)
		if err == nil && same {
			same, err = t.sameEnd(c.Object, old.Object)
		}
		if err != nil {
			return "", err
		}
		if same {
			return c.key, nil
		}
	}
	return "", nil
}

// sameValue compares literal objects: one may say more than the other.
func sameValue(a, b string) bool {
	a, b = kith.Fold(a), kith.Fold(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

func (t *tx) sameEnd(a, b *kith.EntityRef) (bool, error) {
	if a == nil || b == nil {
		return a == b, nil
	}
	if a.ID == b.ID || kith.Fold(a.Name) == kith.Fold(b.Name) {
		return true, nil
	}
	ca, err := t.clusterOf(a.ID)
	if err != nil {
		return false, err
	}
	cb, err := t.clusterOf(b.ID)
	return ca == cb && ca != "", err
}
