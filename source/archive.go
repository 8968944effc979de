package source

import (
	"archive/tar"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// readZIP reads every member of an archive. What unpacks to too much, nests
// too deep or is encrypted is refused; the other members are kept.
func readZIP(ctx context.Context, in input) ([]Item, error) {
	z, err := openZip(in.data)
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxMembers {
		return nil, tooLarge("the archive has %d members; kith reads up to %d", len(z.File), maxMembers)
	}
	var m members
	for _, f := range z.File {
		if f.FileInfo().IsDir() || isJunk(f.Name) {
			continue
		}
		if ctx.Err() != nil {
			return m.items, ctx.Err()
		}
		data, err := unpack(ctx, in, f)
		m.add(ctx, in, f.Name, data, err)
	}
	return m.items, errors.Join(m.errs...)
}

// readTAR reads every member of a tape archive.
func readTAR(ctx context.Context, in input) ([]Item, error) {
	r := tar.NewReader(bytes.NewReader(in.data))
	var m members
	for {
		h, err := r.Next()
		if err == io.EOF {
			return m.items, errors.Join(m.errs...)
		}
		if err != nil {
			m.errs = append(m.errs, &Error{in.name, invalid("its archive is damaged: %v", err)})
			return m.items, errors.Join(m.errs...)
		}
		if h.Typeflag != tar.TypeReg || isJunk(h.Name) {
			continue
		}
		data, err := in.budget.take(ctx, r, h.Name, 0)
		m.add(ctx, in, h.Name, data, err)
		if in.budget.left <= 0 || in.budget.members < 0 || ctx.Err() != nil {
			return m.items, errors.Join(append(m.errs, ctx.Err())...)
		}
	}
}

// members gathers what the members of an archive gave.
type members struct {
	items []Item
	errs  []error
}

func (m *members) add(ctx context.Context, in input, name string, data []byte, err error) {
	full := in.name + "/" + strings.ToValidUTF8(name, "�")
	switch {
	case err != nil:
		m.errs = append(m.errs, &Error{full, err})
		return
	case isPicture(name):
		return
	case in.depth >= maxDepth:
		m.errs = append(m.errs, &Error{full, tooLarge("it is nested deeper than %d archives", maxDepth)})
		return
	}
	in.name, in.data, in.depth, in.o.Format, in.o.Address = full, data, in.depth+1, "", ""
	items, err := readBytes(ctx, in)
	m.items = append(m.items, items...)
	if err != nil {
		m.errs = append(m.errs, err)
	}
}

// isJunk reports whether a member is what systems leave in archives.
func isJunk(name string) bool {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/") || base == "Thumbs.db"
}

// readPacked reads what one compressed file holds (gzip, bzip2, zstd).
func readPacked(ctx context.Context, in input) ([]Item, error) {
	r, err := unpacker(in.data)
	if err != nil {
		return nil, invalid("its compression is damaged: %v", err)
	}
	data, err := in.budget.take(ctx, r, path.Base(in.name), int64(len(in.data)))
	if err != nil {
		return nil, err
	}
	if in.depth >= maxDepth {
		return nil, tooLarge("it is nested deeper than %d archives", maxDepth)
	}
	in.data, in.depth, in.o.Format = data, in.depth+1, ""
	in.name = strings.TrimSuffix(in.name, path.Ext(in.name))
	if strings.EqualFold(path.Ext(in.name), ".tgz") {
		in.name += ".tar"
	}
	return readBytes(ctx, in)
}

func unpacker(data []byte) (io.Reader, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return gzip.NewReader(bytes.NewReader(data))
	case bytes.HasPrefix(data, []byte("BZh")):
		return bzip2.NewReader(bytes.NewReader(data)), nil
	}
	d, err := zstd.NewReader(bytes.NewReader(data), zstd.WithDecoderMaxMemory(256<<20), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}
