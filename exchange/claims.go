package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"kith"
	"kith/query"
)

// Limits of a file of claims.
const (
	maxClaimLine = 1 << 20 // bytes of one line
	maxClaims    = 1_000_000
)

// BadLine is one line of a file of claims that was refused, and why.
type BadLine struct {
	Line int    `json:"line"` // from 1
	Why  string `json:"why"`
}

func (b BadLine) String() string { return fmt.Sprintf("line %d: %s", b.Line, b.Why) }

// ClaimFile is what a file of claims about one document gave.
type ClaimFile struct {
	Lines    int             // lines that held something
	Readings []*kith.Reading // one for each extractor named, in order of first use
	Refused  []BadLine
}

// handMade is the extractor of claims that name none.
const handMade = "hand"

// ReadClaims reads claims made elsewhere, one JSON object a line in the shape
// of the claim contract, about the given document. An end may be an object
// with name and type or a plain name. Every quote must be exactly its slice of
// the document's text; a line that breaks the contract is refused with its
// number, and the others count. Ends without a type take the type under which
// known knows the name, else one is guessed. The error is for files that cannot be read at
// all.
func ReadClaims(r io.Reader, d *kith.Document, known KnownType) (*ClaimFile, error) {
	file := &ClaimFile{}
	people := newCast(d, known)
	var claims []kith.Claim
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), maxClaimLine)
	number := 0
	for scanner.Scan() {
		number++
		line := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\xef\xbb\xbf")))
		if len(line) == 0 {
			continue
		}
		if file.Lines++; file.Lines > maxClaims {
			return nil, fmt.Errorf("read claims: %w: more than %d lines", kith.ErrTooLarge, maxClaims)
		}
		c, err := readClaim(line, d)
		if err != nil {
			file.Refused = append(file.Refused, BadLine{number, err.Error()})
			continue
		}
		people.meet(c)
		claims = append(claims, *c)
	}
	if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("read claims: line %d: %w: it is longer than %d bytes", number+1, kith.ErrTooLarge, maxClaimLine)
	} else if err != nil {
		return nil, fmt.Errorf("read claims: line %d: %w", number+1, err)
	}
	people.settle(claims)
	file.Readings = readings(d, claims, people)
	return file, nil
}

// readings groups claims by the extractor that made them.
func readings(d *kith.Document, claims []kith.Claim, people *cast) []*kith.Reading {
	var list []*kith.Reading
	by := map[string]*kith.Reading{}
	for _, c := range claims {
		r := by[c.Extractor]
		if r == nil {
			r = &kith.Reading{Document: *d, Extractor: c.Extractor, Entities: people.entities, Mentions: people.mentions()}
			by[c.Extractor] = r
			list = append(list, r)
		}
		people.name(&c)
		c.Seal()
		r.Claims = append(r.Claims, c)
	}
	return list
}

// rawClaim is a claim as people write it: ends are names or objects, and
// qualifiers may be numbers.
type rawClaim struct {
	Subject     json.RawMessage            `json:"subject"`
	Predicate   kith.Predicate             `json:"predicate"`
	Object      json.RawMessage            `json:"object"`
	Value       json.RawMessage            `json:"value"`
	Qualifiers  map[string]json.RawMessage `json:"qualifiers"`
	Time        json.RawMessage            `json:"time"`
	Negated     bool                       `json:"negated"`
	Modality    kith.Modality              `json:"modality"`
	Attribution json.RawMessage            `json:"attribution"`
	Evidence    struct {
		Document string `json:"document"`
		Start    *int   `json:"start"`
		End      *int   `json:"end"`
		Quote    string `json:"quote"`
	} `json:"evidence"`
	Extractor  string   `json:"extractor"`
	Confidence *float64 `json:"confidence"`
}

func readClaim(line []byte, d *kith.Document) (*kith.Claim, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("it is not UTF-8")
	}
	var raw rawClaim
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, fmt.Errorf("it is no claim in JSON: %w", err)
	}
	c := &kith.Claim{Predicate: raw.Predicate, Negated: raw.Negated, Modality: kith.Modality(strings.ToLower(string(raw.Modality))),
		Extractor: raw.Extractor, Confidence: 1, Review: kith.Unreviewed}
	if c.Modality == "" {
		c.Modality = kith.Asserted
	}
	if c.Extractor == "" {
		c.Extractor = handMade
	}
	for _, step := range []func(*rawClaim, *kith.Claim, *kith.Document) error{readEnds, readQualifiers, readRest, readEvidence} {
		if err := step(&raw, c, d); err != nil {
			return nil, err
		}
	}
	return c, c.Check(d.Text)
}

// readEnds reads subject and object.
func readEnds(raw *rawClaim, c *kith.Claim, _ *kith.Document) error {
	subject, err := readEnd("subject", raw.Subject)
	if err != nil {
		return err
	}
	if subject == nil {
		return errors.New("it has no subject")
	}
	c.Subject = *subject
	if c.Object, err = readEnd("object", raw.Object); err != nil {
		return err
	}
	switch {
	case c.Predicate == "":
		return errors.New("it has no predicate")
	case !query.Known(c.Predicate):
		return fmt.Errorf("unknown predicate %q%s", c.Predicate, nearPredicate(c.Predicate))
	}
	return nil
}

// readEnd reads a name, or an object with a name and maybe a type. Ids from
// elsewhere mean nothing here and are dropped.
func readEnd(what string, raw json.RawMessage) (*kith.EntityRef, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	var ref kith.EntityRef
	if err := json.Unmarshal(raw, &ref.Name); err != nil {
		if err := json.Unmarshal(raw, &ref); err != nil {
			return nil, fmt.Errorf("its %s is neither a name nor an object with a name", what)
		}
	}
	ref.ID, ref.Name = "", strings.TrimSpace(ref.Name)
	switch {
	case ref.Name == "" && what == "subject":
		return nil, errors.New("it has no subject")
	case ref.Name == "":
		return nil, nil
	case strings.ContainsRune(ref.Name, 0) || len(ref.Name) > 1000:
		return nil, fmt.Errorf("the name of its %s is longer than 1000 bytes or holds a NUL", what)
	}
	switch ref.Type {
	case "", kith.Person, kith.Organization, kith.Place, kith.EventType, kith.Group:
		return &ref, nil
	}
	return nil, fmt.Errorf("unknown type %q of its %s: want Person, Organization, Place, Event or Group", ref.Type, what)
}

func nearPredicate(p kith.Predicate) string {
	stem := string(p)[:min(len(p), 4)]
	for _, known := range query.Predicates() {
		if strings.HasPrefix(string(known), stem) {
			return fmt.Sprintf("; did you mean %q?", known)
		}
	}
	return ""
}

// readQualifiers reads the map of qualifiers; numbers are taken as written.
func readQualifiers(raw *rawClaim, c *kith.Claim, _ *kith.Document) error {
	q := &c.Qualifiers
	fields := map[string]*string{"role": &q.Role, "office": &q.Office, "jurisdiction": &q.Jurisdiction, "ordinal": &q.Ordinal,
		"election": &q.Election, "outcome": &q.Outcome, "event": &q.Event, "place": &q.Place, "topic": &q.Topic,
		"distinction": &q.Distinction, "count": &q.Count, "amount": &q.Amount, "currency": &q.Currency, "status": &q.Status}
	for name, value := range raw.Qualifiers {
		if name == "third" {
			third, err := readEnd("third party", value)
			if err != nil {
				return err
			}
			q.Third = third
			continue
		}
		field, ok := fields[name]
		if !ok {
			return fmt.Errorf("unknown qualifier %q", name)
		}
		text, err := scalar(value)
		if err != nil {
			return fmt.Errorf("its qualifier %q is neither text nor a number", name)
		}
		*field = text
	}
	return nil
}

func scalar(raw json.RawMessage) (string, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		return text, nil
	}
	var number json.Number
	if string(raw) == "null" {
		return "", nil
	}
	err := json.Unmarshal(raw, &number)
	return number.String(), err
}

// readRest reads value, time, attribution and confidence.
func readRest(raw *rawClaim, c *kith.Claim, _ *kith.Document) (err error) {
	if c.Value, err = scalar(orNull(raw.Value)); err != nil {
		return errors.New("its value is neither text nor a number")
	}
	if c.Time, err = readTime(raw.Time); err != nil {
		return err
	}
	if c.Attribution, err = readAttribution(raw.Attribution); err != nil {
		return err
	}
	if raw.Confidence != nil {
		c.Confidence = *raw.Confidence
	}
	if !(c.Confidence >= 0 && c.Confidence <= 1) {
		return fmt.Errorf("its confidence %v is not between 0 and 1", c.Confidence)
	}
	return nil
}

func orNull(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}

// readTime reads a range of dates, or one date for a moment. Signs that a date
// is about right ("c. 1990", "1990~", "1990?") are dropped; the words that say
// so stay in the text.
func readTime(raw json.RawMessage) (kith.Time, error) {
	var t kith.Time
	if date, err := scalar(orNull(raw)); err == nil {
		t.From, err = readDate(date)
		t.To = t.From
		return t, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return t, errors.New("its time is neither a date nor an object with from, to and text")
	}
	for name, into := range map[string]*kith.Date{"from": &t.From, "to": &t.To} {
		text, err := scalar(orNull(fields[name]))
		if err != nil {
			return t, fmt.Errorf("its time: %q is neither text nor a number", name)
		}
		if *into, err = readDate(text); err != nil {
			return t, err
		}
	}
	text, err := scalar(orNull(fields["text"]))
	if t.Text = text; err != nil {
		return t, errors.New("its time: the text is no text")
	}
	if t.From != "" && t.To != "" && t.To.Last() < t.From.First() {
		return t, fmt.Errorf("its time ends in %s, before it begins in %s", t.To, t.From)
	}
	return t, nil
}

func readDate(text string) (kith.Date, error) {
	bare := strings.Trim(text, " ~?%")
	for _, about := range []string{"c. ", "ca. ", "circa ", "about "} {
		bare = strings.TrimPrefix(bare, about)
	}
	if bare == "" {
		return "", nil
	}
	d, err := kith.ParseDate(bare)
	if err != nil {
		return "", fmt.Errorf("its time: %w", err)
	}
	return d, nil
}

// readAttribution reads who says so: an object with kind and name, or a name.
// A name in small letters is an unnamed source.
func readAttribution(raw json.RawMessage) (*kith.Attribution, error) {
	var a kith.Attribution
	if text, err := scalar(orNull(raw)); err == nil {
		if text == "" {
			return nil, nil
		}
		a = kith.Attribution{Name: text}
	} else if err := json.Unmarshal(raw, &a); err != nil {
		return nil, errors.New("its attribution is neither a name nor an object with kind and name")
	}
	a.ID = ""
	switch {
	case a.Name == "":
		return nil, errors.New("its attribution has no name")
	case a.Kind == "" && described(a.Name):
		a.Kind = kith.ByAnonymous
	case a.Kind == "":
		a.Kind = kith.ByEntity
	}
	if a.Kind != kith.ByEntity && a.Kind != kith.ByGroup && a.Kind != kith.ByAnonymous {
		return nil, fmt.Errorf("unknown kind %q of its attribution: want entity, group or anonymous", a.Kind)
	}
	return &a, nil
}

// readEvidence checks that the quote is exactly its slice.
func readEvidence(raw *rawClaim, c *kith.Claim, d *kith.Document) error {
	e := raw.Evidence
	if isDocumentID(e.Document) && e.Document != string(d.ID) {
		return fmt.Errorf("it quotes document %s, and this is %s", e.Document, d.ID)
	}
	switch {
	case e.Quote == "":
		return errors.New("it has no quote")
	case e.Start == nil || e.End == nil:
		return fmt.Errorf("its quote has no start and end%s", whereIs(e.Quote, d.Text))
	}
	c.Evidence = kith.Evidence{Document: d.ID, Start: *e.Start, End: *e.End, Quote: e.Quote}
	if c.Evidence.Span().Cut(d.Text) != e.Quote {
		return fmt.Errorf("its quote is not the document's text from byte %d to %d%s", *e.Start, *e.End, whereIs(e.Quote, d.Text))
	}
	return nil
}

func isDocumentID(s string) bool {
	return len(s) == 21 && s[0] == 'd' && strings.Trim(s[1:], "0123456789abcdefghjkmnpqrstvwxyz") == ""
}

// whereIs says where a quote really stands, which is most often a matter of
// characters counted for bytes.
func whereIs(quote, text string) string {
	switch at := strings.Index(text, quote); {
	case at < 0:
		return "; it stands nowhere in the document"
	case strings.Contains(text[at+1:], quote):
		return "; it stands there more than once"
	default:
		return fmt.Sprintf("; it stands at bytes %d to %d (offsets count bytes)", at, at+len(quote))
	}
}
