package exchange

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"kith"
	"kith/source"
	"kith/store"
)

// archiveMagic begins every archive; a compressed SQLite file follows.
const archiveMagic = "kith archive 1\n"

// maxArchive is how much an archive may unpack to.
const maxArchive = 64 << 30

func archiveExporter() Exporter {
	f := source.Format{Name: "kith", Label: "Archive of a whole store", Extensions: []string{".kith-archive"}, MIME: []string{"application/x-kith-archive"}, In: true, Out: true, Data: true,
		Limits: "64 GB unpacked", Page: "kith.md", Loses: []string{"nothing: every document, reading, judgement and decision with both clocks"}}
	return Exporter{Format: f, Whole: true}
}

// Copier is a store that can write an exact copy of itself into a file.
type Copier interface {
	// CopyTo writes a copy of the store, as it is at one moment, into a new
	// file at path.
	CopyTo(ctx context.Context, path string) error
}

// WriteArchive writes everything that a store holds: documents with their
// original bytes, all readings, judgements and decisions, with both clocks.
func WriteArchive(ctx context.Context, w io.Writer, s kith.Store) error {
	copier, ok := s.(Copier)
	if !ok {
		return fmt.Errorf("export kith: this store cannot be copied")
	}
	dir, err := os.MkdirTemp("", "kith-archive-")
	if err != nil {
		return fmt.Errorf("export kith: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "store.kith")
	if err := copier.CopyTo(ctx, path); err != nil {
		return fmt.Errorf("export kith: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("export kith: %w", err)
	}
	defer f.Close()
	if _, err := io.WriteString(w, archiveMagic); err != nil {
		return fmt.Errorf("export kith: %w", err)
	}
	z, err := zstd.NewWriter(w)
	if err != nil {
		return fmt.Errorf("export kith: %w", err)
	}
	if _, err := io.Copy(z, f); err != nil {
		return fmt.Errorf("export kith: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("export kith: %w", err)
	}
	return nil
}

// RestoreArchive writes an archive's store to path, where no file may be yet.
// The file appears whole or not at all, and is opened once to see that it is
// a store.
func RestoreArchive(ctx context.Context, r io.Reader, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("restore %s: %w: there is a file already; name a new one", path, kith.ErrInvalid)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".kith-restore-*")
	if err != nil {
		return fmt.Errorf("restore %s: %w", path, err)
	}
	defer os.Remove(tmp.Name())
	err = unpackArchive(r, tmp)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("restore %s: %w", path, err)
	}
	s, err := store.Open(tmp.Name(), store.Options{MustExist: true})
	if err != nil {
		return fmt.Errorf("restore %s: %w", path, err)
	}
	if err := s.Close(); err != nil {
		return fmt.Errorf("restore %s: %w", path, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("restore %s: %w", path, err)
	}
	return nil
}

func unpackArchive(r io.Reader, w io.Writer) error {
	magic := make([]byte, len(archiveMagic))
	if _, err := io.ReadFull(r, magic); err != nil || string(magic) != archiveMagic {
		return fmt.Errorf("%w: it is no kith archive", kith.ErrInvalid)
	}
	z, err := zstd.NewReader(r, zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		return fmt.Errorf("%w: %v", kith.ErrInvalid, err)
	}
	defer z.Close()
	n, err := io.Copy(w, io.LimitReader(z, maxArchive+1))
	switch {
	case err != nil:
		return fmt.Errorf("%w: the archive is damaged: %v", kith.ErrInvalid, err)
	case n > maxArchive:
		return fmt.Errorf("%w: it unpacks to more than %d GB", kith.ErrTooLarge, maxArchive>>30)
	}
	return nil
}

func kithImporter() Importer {
	return Importer{Format: archiveExporter().Format,
		Sniff: func(f *File) bool {
			return len(f.Data) > len(archiveMagic) && string(f.Data[:len(archiveMagic)]) == archiveMagic
		},
		Rows: kithRows}
}

// kithRows reads another kith's archive into this store: each document with
// its newest reading is a row. Decisions follow with ReplayDecisions.
func kithRows(ctx context.Context, f *File, _ Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		err := withArchive(ctx, f, func(s kith.Store, v kith.View) error {
			number := 0
			for d, err := range v.Documents(ctx, kith.DocumentFilter{}) {
				if err != nil {
					return err
				}
				number++
				r, err := readingOf(ctx, s, v, d)
				if err != nil {
					return err
				}
				if !yield(Row{Number: number, Reading: r}, nil) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && err != errStop {
			yield(Row{}, fmt.Errorf("import %s: %w", f.Name, err))
		}
	}
}

// withArchive opens an archive's store in a temporary folder.
func withArchive(ctx context.Context, f *File, do func(kith.Store, kith.View) error) error {
	dir, err := os.MkdirTemp("", "kith-import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "store.kith")
	if err := RestoreArchive(ctx, bytes.NewReader(f.Data), path); err != nil {
		return err
	}
	s, err := store.Open(path, store.Options{MustExist: true})
	if err != nil {
		return err
	}
	defer s.Close()
	v, err := s.View(ctx, kith.AsOf{})
	if err != nil {
		return err
	}
	defer v.Close()
	return do(s, v)
}

// readingOf fetches a document's newest reading, with the original bytes.
func readingOf(ctx context.Context, s kith.Store, v kith.View, d kith.DocumentInfo) (*kith.Reading, error) {
	var r *kith.Reading
	err := s.Resolve(ctx, d.ID, func(m kith.Matching) (kith.Matched, error) {
		r = m.Reading()
		return kith.Matched{}, errStop // nothing is to be written
	})
	if r == nil {
		return nil, fmt.Errorf("read document %s: %w", d.ID, err)
	}
	r.Extractor, r.Sentences, r.Words, r.At = d.Extractor, d.Sentences, d.Words, d.Added
	r.Bytes, err = v.Original(ctx, d.ID)
	return r, err
}

// ReplayDecisions repeats, oldest first, the decisions of an imported archive
// that this store can follow, with who, when and why. It returns how many it
// repeated and how many could not be.
func ReplayDecisions(ctx context.Context, into kith.Store, f *File) (done, left int, err error) {
	err = withArchive(ctx, f, func(_ kith.Store, v kith.View) error {
		var all []kith.Decision
		for d, err := range v.Decisions(ctx, kith.DecisionFilter{}) {
			if err != nil {
				return err
			}
			all = append(all, d)
		}
		for i := len(all) - 1; i >= 0; i-- {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			d := all[i]
			if d.Action == kith.Forget || into.Decide(ctx, &d) != nil {
				left++
				continue
			}
			done++
		}
		return nil
	})
	return done, left, err
}
