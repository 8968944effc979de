package source

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"

	"kith"
)

// Limits of mail: how deep its parts may nest and how many there may be.
const (
	maxMailDepth = 20
	maxMailParts = 1000
)

// readEML reads one message: its text as the document, headers as metadata,
// each attachment that kith can read as a document of its own.
func readEML(ctx context.Context, in input) ([]Item, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(in.data, "\r\n")))
	if err != nil {
		return nil, invalid("its headers are damaged: %v", err)
	}
	m := &mailReader{ctx: ctx, in: in}
	m.part(textproto.MIMEHeader(msg.Header), msg.Body, 0)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	d, err := m.document(msg.Header)
	if err != nil {
		m.errs = append(m.errs, &Error{in.name, err})
		return m.attached, errors.Join(m.errs...)
	}
	return append([]Item{{Document: d, Bytes: in.data}}, m.attached...), errors.Join(m.errs...)
}

type mailReader struct {
	ctx      context.Context
	in       input
	paras    []para
	plain    []string
	attached []Item
	errs     []error
	parts    int
}

var headerWords = mime.WordDecoder{CharsetReader: charset.NewReaderLabel}

func header(h mail.Header, key string) string {
	text, err := headerWords.DecodeHeader(h.Get(key))
	if err != nil {
		text = h.Get(key)
	}
	return squash(cleanText(text))
}

// document makes the message's own document.
func (m *mailReader) document(h mail.Header) (*kith.Document, error) {
	var d *kith.Document
	var err error
	if len(m.plain) > 0 {
		d, err = plain(strings.Join(m.plain, "\n\n"))
		if err == nil {
			markReplies(d, answers.MatchString(header(h, "Subject")))
		}
	} else {
		d, err = build(m.paras)
	}
	if err != nil {
		return nil, err
	}
	if subject := header(h, "Subject"); subject != "" {
		d.Title = subject
	}
	if date, err := h.Date(); err == nil {
		d.Date = dateOf(date)
	}
	if from := header(h, "From"); from != "" {
		d.Authors = []string{personOf(from)}
	}
	d.Meta = map[string]string{}
	for _, key := range []string{"From", "To", "Cc", "Subject", "Date", "Message-Id", "In-Reply-To", "List-Id"} {
		if value := header(h, key); value != "" {
			d.Meta[strings.ToLower(key)] = value
		}
	}
	return d, nil
}

// personOf is the name in "Ann Lee <ann@example.org>", or the address.
func personOf(from string) string {
	if a, err := mail.ParseAddress(from); err == nil {
		return cmp.Or(a.Name, a.Address)
	}
	return from
}

// part reads one part of a message and those within it.
func (m *mailReader) part(h textproto.MIMEHeader, r io.Reader, depth int) {
	if m.parts++; depth > maxMailDepth || m.parts > maxMailParts || m.ctx.Err() != nil {
		m.fail("part", tooLarge("the message has more than %d parts, or they nest deeper than %d", maxMailParts, maxMailDepth))
		return
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		m.multipart(kind, multipart.NewReader(r, params["boundary"]), depth)
		return
	}
	data, err := io.ReadAll(io.LimitReader(decodeTransfer(h.Get("Content-Transfer-Encoding"), r), DefaultMaxBytes))
	if err != nil && len(data) == 0 {
		m.fail("part", invalid("a part is damaged: %v", err))
		return
	}
	name := attachmentName(h, params)
	switch disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition")); {
	case name != "" || disposition == "attachment" || kind == "message/rfc822":
		m.attach(cmp.Or(name, "attached message.eml"), data)
	case kind == "text/html":
		m.html(data, params["charset"])
	case strings.HasPrefix(kind, "text/"):
		if text, _, err := decode(data, params["charset"]); err == nil && strings.TrimSpace(text) != "" {
			m.plain = append(m.plain, strings.TrimRight(text, "\n")+"\n")
		} else if err != nil {
			m.fail("part", err)
		}
	}
}

func (m *mailReader) fail(what string, err error) {
	m.errs = append(m.errs, &Error{m.in.name + "/" + what, err})
}

// multipart reads the parts of a multipart body. Of alternatives the plain
// text is taken where there is one, since parts add up otherwise.
func (m *mailReader) multipart(kind string, r *multipart.Reader, depth int) {
	plainBefore := len(m.plain)
	for {
		p, err := r.NextRawPart()
		if err != nil {
			if err != io.EOF && m.parts == 0 {
				m.fail("part", invalid("its parts are damaged: %v", err))
			}
			break
		}
		m.part(p.Header, p, depth+1)
		if m.parts > maxMailParts {
			break
		}
	}
	if kind == "multipart/alternative" && len(m.plain) > plainBefore {
		m.paras = nil
	}
}

func (m *mailReader) html(data []byte, declared string) {
	text, _, err := decode(data, declared)
	if err != nil {
		m.fail("part", err)
		return
	}
	m.paras = append(m.paras, chapterText([]byte(text))...)
}

// attach reads an attachment as a document of its own. Pictures and the like
// are passed over.
func (m *mailReader) attach(name string, data []byte) {
	if m.in.depth >= maxDepth {
		m.fail(name, tooLarge("it is nested deeper than %d archives", maxDepth))
		return
	}
	in := m.in
	in.name, in.data, in.depth, in.o.Format, in.o.Address = m.in.name+"/"+name, data, m.in.depth+1, "", ""
	items, err := readBytes(m.ctx, in)
	m.attached = append(m.attached, items...)
	if err != nil && !isPicture(name) {
		m.errs = append(m.errs, err)
	}
}

var picture = regexp.MustCompile(`(?i)\.(?:png|jpe?g|gif|bmp|ico|svg|webp|tiff?|heic|css|js|woff2?|ics|vcf|p7s|asc|mp[34]|mov|avi|wav|ttf|otf)$`)

func isPicture(name string) bool { return picture.MatchString(name) }

func attachmentName(h textproto.MIMEHeader, params map[string]string) string {
	_, disposition, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name, err := headerWords.DecodeHeader(cmp.Or(disposition["filename"], params["name"]))
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(cleanText(name), "/", "_")
}

func decodeTransfer(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &base64Cleaner{r})
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// base64Cleaner leaves out what is not of the alphabet, such as line breaks.
type base64Cleaner struct{ r io.Reader }

func (c *base64Cleaner) Read(p []byte) (int, error) {
	for {
		n, err := c.r.Read(p)
		kept := 0
		for _, b := range p[:n] {
			if b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/' || b == '=' {
				p[kept] = b
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}

// markReplies marks quoted lines of earlier mails and the signature and, in an
// answer, the earlier mail that some programs put below it as it was.
func markReplies(d *kith.Document, answer bool) {
	var quoted []kith.Block
	end := len(strings.TrimRight(d.Text, "\n "))
	own := end // where the mail's own text ends
	if at := original.FindStringIndex(d.Text); at != nil && answer {
		own = at[0]
	}
	for _, loc := range replyLines.FindAllStringIndex(d.Text, -1) {
		if loc[0] < own {
			quoted = append(quoted, kith.Block{Span: kith.Span{Start: loc[0], End: min(loc[1], own)}, Kind: kith.Boilerplate})
		}
	}
	if at := signature.FindStringIndex(d.Text); at != nil && at[0] < own {
		own = at[0]
	}
	if own < end {
		quoted = append(quoted, kith.Block{Span: kith.Span{Start: own, End: end}, Kind: kith.Boilerplate})
	}
	for _, q := range quoted {
		kept := d.Blocks[:0]
		for _, b := range d.Blocks {
			if !b.Overlaps(q.Span) {
				kept = append(kept, b)
			}
		}
		d.Blocks = append(kept, q)
	}
	sortBlocks(d)
}

// answers are subjects of answers, as mail programs of several lands write them.
var answers = regexp.MustCompile(`(?i)^(?:re|aw|sv|antw|ynt|vs|odp|rép|res)\s*(?:\[\d+\])?:`)

// original begins an earlier mail below an answer.
var original = regexp.MustCompile(`(?m)^-{2,} ?Original Message ?-{2,}$|^From: [^\n]+\n(?:Sent|Date): [^\n]+\n`)

var signature = regexp.MustCompile(`(?m)^-- ?$`)

var replyLines = regexp.MustCompile(`(?m)(?:^On [^\n]{5,120} wrote:\n+)?(?:^>[^\n]*\n?)+`)

var mboxFrom = []byte("From ")

// readMBOX reads a mailbox: messages apart at lines that begin with "From "
// after a blank line (mboxrd: ">From " within messages is unquoted).
func readMBOX(ctx context.Context, in input) ([]Item, error) {
	if !bytes.HasPrefix(in.data, mboxFrom) {
		return nil, invalid(`it does not begin with "From "`)
	}
	var items []Item
	var errs []error
	for i, message := range splitMBOX(in.data) {
		if ctx.Err() != nil {
			return items, ctx.Err()
		}
		each := in
		each.name, each.data = fmt.Sprintf("%s#%d", in.name, i+1), message
		got, err := readEML(ctx, each)
		for j := range got {
			finish(&got[j], each, "eml")
		}
		items = append(items, got...)
		if err != nil {
			errs = append(errs, named(each.name, err))
		}
	}
	return items, errors.Join(errs...)
}

var quotedFrom = regexp.MustCompile(`(?m)^>(>*From )`)

func splitMBOX(data []byte) [][]byte {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	var out [][]byte
	for len(data) > 0 {
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			data = data[i+1:] // the "From " line itself
		} else {
			break
		}
		end := bytes.Index(data, []byte("\n\nFrom "))
		next := len(data)
		if end >= 0 {
			next = end + 2
		} else {
			end = len(data)
		}
		out = append(out, quotedFrom.ReplaceAll(data[:end], []byte("$1")))
		data = data[next:]
	}
	return out
}

// readMHTML reads a web page saved with its assets (RFC 2557): the first part
// that is a page.
func readMHTML(ctx context.Context, in input) ([]Item, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(in.data, "\r\n")))
	if err != nil {
		return nil, invalid("its headers are damaged: %v", err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") {
		return nil, invalid("it is not a page saved with its assets")
	}
	r := multipart.NewReader(msg.Body, params["boundary"])
	for n := 0; n < maxMailParts; n++ {
		p, err := r.NextRawPart()
		if err != nil {
			break
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if kind != "text/html" && kind != "application/xhtml+xml" {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(decodeTransfer(p.Header.Get("Content-Transfer-Encoding"), p), maxHTML+1))
		if err != nil && len(data) == 0 {
			return nil, invalid("its page is damaged: %v", err)
		}
		return mhtmlPage(ctx, in, data, cmp.Or(p.Header.Get("Content-Location"), msg.Header.Get("Snapshot-Content-Location")), msg.Header)
	}
	return nil, invalid("it holds no page")
}

func mhtmlPage(ctx context.Context, in input, data []byte, location string, h mail.Header) ([]Item, error) {
	text, note, err := decodeHTML(data)
	if err != nil {
		return nil, err
	}
	if !IsAddress(location) {
		location = ""
	}
	d, err := page(ctx, text, location)
	if err != nil {
		return nil, err
	}
	d.Address = cmp.Or(d.Address, location)
	d.Title = cmp.Or(d.Title, header(h, "Subject"))
	if date, err := h.Date(); err == nil {
		d.Meta = map[string]string{"saved": string(dateOf(date))}
	}
	return []Item{{Document: d, Notes: notes(note)}}, nil
}
