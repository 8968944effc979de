package store

import (
	"kith"
)

// refresh derives again which claims of a document are shown, and which of
// its entities are alive.
func (t *tx) refresh(doc kith.DocumentID) error {
	rows, err := visibleClaims(&t.queries, doc, forever)
	if err != nil {
		return err
	}
	if err := t.exec("DELETE FROM visible WHERE document = ?", doc); err != nil {
		return err
	}
	if err := putVisible(&t.queries, doc, rows); err != nil {
		return err
	}
	return t.enliven(doc)
}

func putVisible(q *queries, doc kith.DocumentID, rows []shownClaim) error {
	for _, r := range rows {
		if err := q.exec("INSERT INTO visible (claim, id, document, review, superseded, shown) VALUES (?, ?, ?, ?, ?, ?)",
			r.claim, r.id, doc, r.review, r.superseded, r.shown); err != nil {
			return err
		}
	}
	return nil
}

// forever is a time after all others.
const forever = "9999"

// shownClaim is one row of the table visible.
type shownClaim struct {
	claim      int64
	id         kith.ClaimID
	review     kith.Review
	superseded bool
	shown      bool
}

// claimRow is what visibleClaims needs of a stored claim.
type claimRow struct {
	n        int64
	id       kith.ClaimID
	key      kith.ClaimKey
	reading  int64
	decision kith.DecisionID
}

// verdict is the newest decision in force on a claim.
type verdict struct {
	n        int64
	decision kith.DecisionID
	review   kith.Review
	claim    kith.ClaimID
}

// visibleClaims derives what a document's claims look like as known at a
// time. Each id appears once; the readings in force win over older ones, and
// newer over older among those.
func visibleClaims(q *queries, doc kith.DocumentID, known string) ([]shownClaim, error) {
	current, err := currentReadings(q, doc, known)
	if err != nil {
		return nil, err
	}
	rows, err := claimRows(q, doc, known)
	if err != nil {
		return nil, err
	}
	verdicts, err := verdictsOn(q, doc, known)
	if err != nil {
		return nil, err
	}
	carriedOn, err := carriedOnward(q, doc, known)
	if err != nil {
		return nil, err
	}
	return derive(rows, current, verdicts, carriedOn), nil
}

// derive is visibleClaims on what was loaded.
func derive(rows []claimRow, current map[int64]bool, verdicts map[kith.ClaimKey]verdict, carriedOn map[kith.ClaimKey]bool) []shownClaim {
	corrections := map[kith.DecisionID]int64{}
	here := map[kith.ClaimKey]bool{}
	for _, r := range rows {
		if r.reading == 0 {
			corrections[r.decision] = r.n
		} else if current[r.reading] {
			here[r.key] = true
		}
	}
	var out []shownClaim
	seen := map[kith.ClaimID]bool{}
	corrected := map[kith.DecisionID]bool{}
	kept := map[kith.ClaimKey]bool{}
	add := func(r claimRow, superseded bool) {
		if r.reading == 0 || seen[r.id] {
			return
		}
		seen[r.id] = true
		v := verdicts[r.key]
		s := shownClaim{claim: r.n, id: r.id, review: kith.Unreviewed, superseded: superseded, shown: !superseded}
		if v.review != "" {
			s.review = v.review
		}
		if superseded && (v.review == kith.Accepted || v.review == kith.Corrected) {
			s.shown = !here[r.key] && !kept[r.key] && !carriedOn[r.key]
			kept[r.key] = true
		}
		if v.review == kith.Rejected {
			s.shown = false
		}
		if n, ok := corrections[v.decision]; ok && v.review == kith.Corrected && s.shown {
			if corrected[v.decision] {
				return
			}
			corrected[v.decision] = true
			s.claim = n
		}
		out = append(out, s)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if current[rows[i].reading] {
			add(rows[i], false)
		}
	}
	for i := len(rows) - 1; i >= 0; i-- {
		add(rows[i], true)
	}
	return out
}

// currentReadings are the newest reading of each reader; none where a newer
// version of the document has been read.
func currentReadings(q *queries, doc kith.DocumentID, known string) (map[int64]bool, error) {
	current := map[int64]bool{}
	replaced, err := column[string](q, `SELECT v.document FROM versions v WHERE v.replaces = ? AND v.at <= ?
		AND EXISTS (SELECT 1 FROM readings r WHERE r.document = v.document AND r.at <= ?) LIMIT 1`, doc, known, known)
	if err != nil || len(replaced) > 0 {
		return current, err
	}
	ns, err := column[int64](q, "SELECT max(n) FROM readings WHERE document = ? AND at <= ? GROUP BY reader", doc, known)
	for _, n := range ns {
		current[n] = true
	}
	return current, err
}

func claimRows(q *queries, doc kith.DocumentID, known string) ([]claimRow, error) {
	var rows []claimRow
	err := q.each(func(scan func(...any) error) error {
		var r claimRow
		err := scan(&r.n, &r.id, &r.key, &r.reading, &r.decision)
		rows = append(rows, r)
		return err
	}, `SELECT c.n, c.id, c.key, c.reading, c.decision FROM claims c WHERE c.document = ?
		AND (c.reading = 0 OR EXISTS (SELECT 1 FROM readings r WHERE r.n = c.reading AND r.at <= ?)) ORDER BY c.n`, doc, known)
	return rows, err
}

var reviewOf = map[kith.Action]kith.Review{kith.Accept: kith.Accepted, kith.Reject: kith.Rejected, kith.Correct: kith.Corrected}

// verdictsOn returns the newest decision in force for each key of a
// document, its own or carried from another reading or version.
func verdictsOn(q *queries, doc kith.DocumentID, known string) (map[kith.ClaimKey]verdict, error) {
	verdicts := map[kith.ClaimKey]verdict{}
	err := q.each(func(scan func(...any) error) error {
		var v verdict
		var key kith.ClaimKey
		var action kith.Action
		if err := scan(&v.n, &v.decision, &action, &key, &v.claim); err != nil {
			return err
		}
		v.review = reviewOf[action]
		if action == kith.Accept && verdicts[key].review == kith.Corrected {
			return nil // it is the correction that is accepted
		}
		verdicts[key] = v
		return nil
	}, `WITH RECURSIVE keys (key, from_key) AS (
			SELECT DISTINCT key, key FROM claims WHERE document = ?
			UNION
			SELECT k.key, c.from_key FROM keys k JOIN carried c ON c.key = k.from_key WHERE c.at <= ?
		)
		SELECT d.n, d.id, d.action, k.key, d.claim FROM keys k CROSS JOIN decisions d ON d.claim_key = k.from_key
		WHERE k.from_key <> '' AND d.claim_key <> '' AND d.at <= ? AND d.id NOT IN (SELECT decision FROM undone)
		AND (d.action <> 'correct' OR d.correction <> '') ORDER BY d.n`, doc, known, known)
	return verdicts, err
}

// carriedOnward are the keys whose decisions hold for a later key.
func carriedOnward(q *queries, doc kith.DocumentID, known string) (map[kith.ClaimKey]bool, error) {
	keys, err := column[kith.ClaimKey](q, `SELECT DISTINCT ca.from_key FROM carried ca
		WHERE ca.at <= ? AND ca.from_key IN (SELECT claim_key FROM decisions WHERE document = ?)`, known, doc)
	out := map[kith.ClaimKey]bool{}
	for _, k := range keys {
		out[k] = true
	}
	return out, err
}
