// Package source turns bytes into documents: it finds out the format and the
// charset, keeps the words and marks what is not running prose, and reads
// title, byline, outlet and date where the bytes tell them.
//
// For text files the stored text is the file's own text (byte-order mark
// dropped, CRLF and CR written LF), so that offsets hold in both.
package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"kith"
)

// Limits that hold where Options set none.
const (
	DefaultMaxBytes = 200 << 20       // bytes of one file
	DefaultTimeout  = 2 * time.Minute // for one file
	maxDepth        = 4               // archives within archives
	maxMembers      = 10_000          // files in one archive
	maxUnpacked     = 1 << 30         // bytes that one archive may unpack to
)

// Options bound what reading may cost and say what is known beforehand.
// The zero value reads with the defaults.
type Options struct {
	Format   string        // name in the registry; "" finds it out
	MaxBytes int64         // of one file; 0 is DefaultMaxBytes
	Timeout  time.Duration // for one file; 0 is DefaultTimeout
	Address  string        // where the bytes were fetched from, if anywhere
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

func (o Options) timeout() time.Duration {
	if o.Timeout > 0 {
		return o.Timeout
	}
	return DefaultTimeout
}

// Item is one document with the bytes it was made from. Notes are remarks for
// the reader: "decoded as windows-1252".
type Item struct {
	Document *kith.Document
	Bytes    []byte
	Notes    []string
}

// Error says which file, member or address could not be read, and why. It
// wraps kith.ErrInvalid or kith.ErrTooLarge where those fit.
type Error struct {
	Name string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("read %s: %v", quoteName(e.Name), e.Err) }

func (e *Error) Unwrap() error { return e.Err }

// quoteName keeps names with control characters from writing to the terminal.
func quoteName(name string) string {
	if strings.IndexFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u202e' }) >= 0 {
		return fmt.Sprintf("%q", name)
	}
	return name
}

// invalid makes an error that wraps kith.ErrInvalid without repeating its word.
func invalid(format string, args ...any) error {
	return kindError{kith.ErrInvalid, fmt.Sprintf(format, args...)}
}

func tooLarge(format string, args ...any) error {
	return kindError{kith.ErrTooLarge, fmt.Sprintf(format, args...)}
}

type kindError struct {
	kind error
	text string
}

func (e kindError) Error() string { return e.text }
func (e kindError) Unwrap() error { return e.kind }

// Read reads one file's bytes into documents: one for most formats, several
// for mailboxes, feeds and archives. Where some parts cannot be read it
// returns the others and the joined errors.
func Read(ctx context.Context, name string, r io.Reader, o Options) ([]*kith.Document, error) {
	items, err := Items(ctx, name, r, o)
	docs := make([]*kith.Document, len(items))
	for i, item := range items {
		docs[i] = item.Document
	}
	return docs, err
}

// Items is Read with the original bytes and notes of each document.
func Items(ctx context.Context, name string, r io.Reader, o Options) ([]Item, error) {
	ctx, cancel := context.WithTimeout(ctx, o.timeout())
	defer cancel()
	data, err := readAll(ctx, r, o.maxBytes())
	if err != nil {
		return nil, &Error{name, err}
	}
	return readBytes(ctx, input{name: name, data: data, o: o, budget: &budget{left: maxUnpacked, members: maxMembers}})
}

// File reads the file at path.
func File(ctx context.Context, path string, o Options) ([]Item, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{path, cause(err)}
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, &Error{path, cause(err)}
	case !info.Mode().IsRegular():
		return nil, &Error{path, invalid("it is not a regular file")}
	case info.Size() > o.maxBytes():
		return nil, &Error{path, tooLarge("it has %d MB; kith reads files up to %d MB", info.Size()>>20, o.maxBytes()>>20)}
	}
	return Items(ctx, path, f, o)
}

// cause strips the operation and path that os errors repeat.
func cause(err error) error {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// readAll reads everything, but no more than limit bytes and no longer than
// the context allows.
func readAll(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	var b bytes.Buffer
	chunk := make([]byte, 256<<10)
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := r.Read(chunk)
		b.Write(chunk[:n])
		switch {
		case int64(b.Len()) > limit:
			return nil, tooLarge("it has more than %d MB; kith reads files up to that size", limit>>20)
		case errors.Is(err, io.EOF):
			return b.Bytes(), nil
		case err != nil:
			return nil, cause(err)
		}
	}
}

// input is what a format's reader is given.
type input struct {
	name   string // as shown to the user; members of archives as "a.zip/b.txt"
	data   []byte
	o      Options
	depth  int     // how many archives the bytes lie in
	budget *budget // shared by all members of one archive
}

// budget bounds what one file may unpack to, however it is nested.
type budget struct {
	left    int64
	members int
}

// readBytes finds the format and calls its reader.
func readBytes(ctx context.Context, in input) ([]Item, error) {
	format, err := detect(in.name, in.data, in.o.Format)
	if err != nil {
		return nil, &Error{in.name, err}
	}
	if format.read == nil {
		return nil, &Error{in.name, invalid("%s holds data rather than prose; use: kith import %s", format.Label, format.Name)}
	}
	items, err := format.read(ctx, in)
	for i := range items {
		finish(&items[i], in, format.Name)
	}
	if err != nil {
		return items, named(in.name, err)
	}
	if len(items) == 0 {
		return nil, &Error{in.name, invalid("it holds no text")}
	}
	return items, nil
}

// named gives the error the file's name, unless it carries a name already.
func named(name string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return &Error{name, err}
}

// finish fills what every document has, where its reader has not.
func finish(item *Item, in input, format string) {
	d := item.Document
	if item.Bytes == nil {
		item.Bytes = in.data
	}
	if d.ID == "" {
		d.ID = kith.NewDocumentID(d.Text)
	}
	if d.Format == "" {
		d.Format = format
	}
	if d.Path == "" {
		d.Path = in.name
	}
	if d.Address == "" {
		d.Address = in.o.Address
	}
	if d.Original == "" {
		sum := sha256.Sum256(item.Bytes)
		d.Original = hex.EncodeToString(sum[:])
	}
	if d.Language == "" {
		d.Language = Language(d.Text)
	}
}

func isKind(err, kind error) bool { return errors.Is(err, kind) }
