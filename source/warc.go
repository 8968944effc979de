package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"path"
	"strconv"
	"strings"
)

// readWARC reads a web archive (ISO 28500): each response with status 200
// whose body kith can read. Each document carries its target address and the
// day of the capture.
func readWARC(ctx context.Context, in input) ([]Item, error) {
	r := bufio.NewReader(bytes.NewReader(in.data))
	var m members
	for n := 0; ; n++ {
		h, body, err := warcRecord(r, in)
		if err == io.EOF {
			return m.items, errors.Join(m.errs...)
		}
		if err != nil {
			m.errs = append(m.errs, &Error{in.name, err})
			return m.items, errors.Join(m.errs...)
		}
		if ctx.Err() != nil || n > 10*maxMembers {
			return m.items, errors.Join(append(m.errs, ctx.Err())...)
		}
		if h.Get("WARC-Type") == "response" && strings.HasPrefix(h.Get("Content-Type"), "application/http") {
			warcResponse(ctx, in, &m, h, body)
		}
	}
}

// warcRecord reads one record's header and body.
func warcRecord(r *bufio.Reader, in input) (textproto.MIMEHeader, []byte, error) {
	line := ""
	for line == "" {
		raw, err := r.ReadString('\n')
		if err != nil && strings.TrimSpace(raw) == "" {
			return nil, nil, io.EOF
		}
		line = strings.TrimSpace(raw)
	}
	if !strings.HasPrefix(line, "WARC/") {
		return nil, nil, invalid("a record does not begin with WARC/")
	}
	h, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, nil, invalid("a record's header is damaged: %v", err)
	}
	size, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 || size > int64(len(in.data)) {
		return nil, nil, invalid("a record states the length %q", h.Get("Content-Length"))
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, nil, invalid("the last record is cut short")
	}
	return h, body, nil
}

func warcResponse(ctx context.Context, in input, m *members, h textproto.MIMEHeader, body []byte) {
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(body)), nil)
	if err != nil || response.StatusCode != http.StatusOK {
		return
	}
	format, ok := formatOfMIME(response.Header.Get("Content-Type"))
	if !ok {
		return
	}
	address := strings.Trim(h.Get("WARC-Target-URI"), "<>")
	var content io.Reader = response.Body
	if response.Header.Get("Content-Encoding") == "gzip" {
		if z, err := unpacker(peek(response.Body)); err == nil {
			content = z
		}
	}
	data, err := in.budget.take(ctx, content, address, 0)
	if err != nil {
		m.errs = append(m.errs, &Error{in.name + "/" + address, err})
		return
	}
	each := in
	each.name, each.data, each.depth, each.o.Format, each.o.Address = in.name+"/"+path.Base(address), data, in.depth+1, format, address
	items, err := readBytes(ctx, each)
	for i := range items {
		d := items[i].Document
		if d.Meta == nil {
			d.Meta = map[string]string{}
		}
		d.Meta["captured"] = h.Get("WARC-Date")
	}
	m.items = append(m.items, items...)
	if err != nil {
		m.errs = append(m.errs, err)
	}
}

func peek(r io.Reader) []byte {
	data, _ := io.ReadAll(io.LimitReader(r, maxHTML))
	return data
}
