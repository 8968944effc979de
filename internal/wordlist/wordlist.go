// Package wordlist reads word lists: text files of one entry a line.
package wordlist

import (
	"fmt"
	"io/fs"
	"strings"
)

// Each calls take with each entry of the file lexicons/NAME.txt in fsys,
// trimmed. "#" begins a comment, and lines that hold nothing else are passed
// over. Errors name file and line.
func Each(fsys fs.FS, name string, take func(entry string) error) error {
	file := "lexicons/" + name + ".txt"
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("load lexicon of %s: %w", name, err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := take(line); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}
