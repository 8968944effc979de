package store

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"kith"
)

// claimQuery reads shown claims with the clusters of their ends.
const (
	claimQuery   = shownColumns + shownClaims
	shownColumns = "SELECT " + claimColumns + `, v.id AS shown_id, v.review, v.superseded, coalesce(ms.cluster, '') AS subject_cluster,
	coalesce(mo.cluster, '') AS object_cluster, coalesce(mt.cluster, '') AS third_cluster, coalesce(ma.cluster, '') AS speaker_cluster`
	shownClaims = ` FROM claims c JOIN visible v ON v.claim = c.n
	LEFT JOIN members ms ON ms.entity = c.subject
	LEFT JOIN members mo ON mo.entity = c.object
	LEFT JOIN members mt ON mt.entity = c.third
	LEFT JOIN members ma ON ma.entity = c.speaker`
)

func scanShown(scan func(...any) error) (kith.Claim, error) {
	var id kith.ClaimID
	var review kith.Review
	var superseded bool
	var subject, object, third, speaker kith.EntityID
	c, err := scanClaim(scan, &id, &review, &superseded, &subject, &object, &third, &speaker)
	if err != nil {
		return c, err
	}
	c.ID, c.Review, c.Superseded = id, review, superseded
	if subject != "" {
		c.Subject.ID = subject
	}
	if c.Object != nil && object != "" {
		c.Object.ID = object
	}
	if c.Qualifiers.Third != nil && third != "" {
		c.Qualifiers.Third.ID = third
	}
	if c.Attribution != nil && speaker != "" {
		c.Attribution.ID = speaker
	}
	return c, nil
}

// Claims streams the claims that fit, in the order in which they were added.
func (v *view) Claims(ctx context.Context, f kith.ClaimFilter) iter.Seq2[kith.Claim, error] {
	w, err := v.claimFilter(f)
	if err != nil {
		return func(yield func(kith.Claim, error) bool) { yield(kith.Claim{}, explain("read claims", err)) }
	}
	return stream(ctx, v, "read claims", scanShown, claimQuery+w.String()+" ORDER BY c.n"+limit(f.Limit), w.args...)
}

func (v *view) claimFilter(f kith.ClaimFilter) (*filter, error) {
	w := &filter{}
	if err := v.ends(w, f); err != nil {
		return nil, err
	}
	if f.Document != "" {
		full, err := documentByPrefix(&v.queries, f.Document)
		if err != nil {
			return nil, err
		}
		w.add("c.document = ?", full)
	}
	if len(f.IDs) > 0 {
		w.add("v.id IN (SELECT value FROM json_each(?))", toJSON(f.IDs))
	}
	if len(f.Predicates) > 0 {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(f.Predicates)), ", ")
		var args []any
		for _, p := range f.Predicates {
			args = append(args, p)
		}
		w.add("c.predicate IN ("+marks+")", args...)
	}
	if f.Modality != "" {
		w.add("c.modality = ?", f.Modality)
	}
	switch f.Review {
	case "":
	case kith.Unreviewed: // most are: the index by review would only get in the way
		w.add("+v.review = ?", f.Review)
	default:
		w.add("v.review = ?", f.Review)
	}
	rejected := f.Rejected || f.Review == kith.Rejected
	switch {
	case !rejected && !f.Superseded:
		w.add("v.shown = 1")
	case !rejected:
		w.add("v.review <> 'rejected'")
	case !f.Superseded:
		w.add("(v.shown = 1 OR v.review = 'rejected' AND v.superseded = 0)")
	}
	if !f.AnyTime {
		v.world(w)
	}
	return w, nil
}

// ends narrows a query to claims with given ends.
func (v *view) ends(w *filter, f kith.ClaimFilter) error {
	for _, end := range []struct {
		id      kith.EntityID
		columns []string
	}{{f.About, []string{"subject", "object", "third"}}, {f.Subject, []string{"subject"}}, {f.Object, []string{"object"}}} {
		if end.id == "" {
			continue
		}
		cluster, err := v.clusterOf(end.id)
		if err != nil {
			return err
		}
		var parts []string
		var args []any
		for _, column := range end.columns {
			more := ""
			if column != "subject" {
				more = " AND e." + column + " <> ''"
			}
			parts = append(parts, fmt.Sprintf("SELECT e.n FROM members m JOIN claims e ON e.%s = m.entity%s WHERE m.cluster = ?", column, more))
			args = append(args, cluster)
		}
		w.add("c.n IN ("+strings.Join(parts, " UNION ALL ")+")", args...)
	}
	return nil
}

// world leaves out what cannot have been so on the day that the view fixes:
// an asserted claim that begins later, or a stretch of time that had ended.
// A moment that had passed stays. Plans and hedges stand from the date of the
// document that tells of them.
func (v *view) world(w *filter) {
	if v.at.World == "" {
		return
	}
	first, last := v.at.World.First(), v.at.World.Last()
	w.add(`CASE c.modality WHEN 'asserted' THEN
		(c.time_from = '' OR c.time_from <= substr(?, 1, length(c.time_from)))
		AND (c.time_to = '' OR c.time_to = c.time_from OR c.time_to >= substr(?, 1, length(c.time_to)))
		ELSE c.said = '' OR c.said <= substr(?, 1, length(c.said)) END`, last, first, last)
}

// Claim returns one claim.
func (v *view) Claim(ctx context.Context, id kith.ClaimID) (*kith.Claim, error) {
	full, err := claimByPrefix(&v.queries, id)
	if err != nil {
		return nil, explain("read claim", err)
	}
	var c kith.Claim
	found := false
	err = v.each(func(scan func(...any) error) (err error) {
		found = true
		c, err = scanShown(scan)
		return err
	}, claimQuery+" WHERE v.id = ?", full)
	if err == nil && !found {
		err = v.each(func(scan func(...any) error) (err error) { // replaced by its correction in another wording
			found = true
			var reading int64
			c, err = scanClaim(scan, &reading)
			c.Superseded = true
			return err
		}, "SELECT "+claimColumns+", c.reading FROM claims c JOIN readings r ON r.n = c.reading WHERE c.id = ? AND r.at <= ? ORDER BY c.n LIMIT 1", full, v.known)
	}
	if err == nil && !found {
		err = fmt.Errorf("claim %s: %w at that time", id, kith.ErrNotFound)
	}
	if err != nil {
		return nil, explain("read claim", err)
	}
	return &c, nil
}
