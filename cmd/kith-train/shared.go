package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// shared is the folder of the shared corpora. Commands take it as an argument
// of their Run method.
type shared string

// path joins the parts of a path below the folder's data.
func (s shared) path(parts ...string) string {
	return filepath.Join(append([]string{string(s), "data"}, parts...)...)
}

// check reports whether the folder is there.
func (s shared) check() error {
	if _, err := os.Stat(s.path()); err != nil {
		return fmt.Errorf("find corpora: no folder %s; name it with --shared", s.path())
	}
	return nil
}

// writeFile writes a file whole or not at all.
func writeFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	temporary := path + ".part"
	if err := os.WriteFile(temporary, content, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Rename(temporary, path); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
