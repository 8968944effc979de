package source

import (
	"context"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Stdin is the name by which standard input is asked for.
const Stdin = "-"

// List yields the files that the given paths mean, folders gone through in
// order of name. Hidden files and folders inside a folder are left out, and
// symbolic links to folders are not followed. An error is about one path; the
// listing goes on.
func List(paths []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, path := range paths {
			if !listOne(path, yield) {
				return
			}
		}
	}
}

func listOne(path string, yield func(string, error) bool) bool {
	if path == Stdin || IsAddress(path) {
		return yield(path, nil)
	}
	info, err := os.Stat(path)
	if err != nil {
		return yield(path, &Error{path, cause(err)})
	}
	if !info.IsDir() {
		return yield(path, nil)
	}
	goOn := true
	_ = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			goOn = yield(name, &Error{name, cause(err)})
		case name != path && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return filepath.SkipDir
			}
		case !entry.IsDir():
			goOn = yield(name, nil)
		}
		if !goOn {
			return filepath.SkipAll
		}
		return nil
	})
	return goOn
}

// IsAddress reports whether the argument is a web address rather than a path.
func IsAddress(arg string) bool {
	return strings.HasPrefix(arg, "https://") || strings.HasPrefix(arg, "http://")
}

// Open reads what one listed name means: a file, standard input, an address.
func Open(ctx context.Context, name string, stdin io.Reader, o Options) ([]Item, error) {
	switch {
	case name == Stdin:
		return Items(ctx, "standard input", stdin, o)
	case IsAddress(name):
		return Fetch(ctx, name, o)
	}
	return File(ctx, name, o)
}

// Walk reads all files that the paths mean, one after the other. An error is
// about one file or member; the walk goes on with the next.
func Walk(ctx context.Context, paths []string, stdin io.Reader, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for name, err := range List(paths) {
			var items []Item
			if err == nil {
				items, err = Open(ctx, name, stdin, o)
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if err != nil && !yield(Item{}, err) {
				return
			}
			if ctx.Err() != nil {
				return
			}
		}
	}
}
