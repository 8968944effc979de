package source

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"kith"
)

const (
	maxPDFPages = 5000
	pdfTimeout  = time.Minute
	ocrTimeout  = 30 * time.Second // for one page
	maxPDFText  = 500 << 20        // bytes of text with the places of words
)

// readPDF reads the text layer of a PDF: with pdftotext where it is on the
// path, else in a child process of this program that can be stopped. Quotes
// carry their page. Text that is garbage and pages without text are refused,
// or read by tesseract where that is installed.
func readPDF(ctx context.Context, in input) ([]Item, error) {
	dir, err := os.MkdirTemp("", "kith-pdf-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the pages: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "in.pdf")
	if err := os.WriteFile(file, in.data, 0o600); err != nil {
		return nil, fmt.Errorf("write a copy for the reader: %w", err)
	}
	pages, note, err := pdfPages(ctx, file)
	if err != nil {
		return nil, err
	}
	if why := unreadable(pages); why != "" {
		scanned, err := ocr(ctx, dir, file, len(pages))
		if err != nil {
			return nil, invalid("%s: it needs OCR, %v", why, err)
		}
		pages, note = scanned, "read by tesseract, since "+why
	}
	d, err := pagesDocument(pages)
	if err != nil {
		return nil, err
	}
	return []Item{{Document: d, Notes: notes(note)}}, nil
}

// pdfPages gives the text of each page.
func pdfPages(ctx context.Context, file string) ([]string, string, error) {
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		out, err := command(ctx, pdfTimeout, nil, tool, "-bbox-layout", "-enc", "UTF-8", "-q", "-l", fmt.Sprint(maxPDFPages), file, "-")
		if err != nil {
			if isEncrypted(file) {
				return nil, "", invalid("it is encrypted: it opens with a password only")
			}
			return nil, "", pdfFailure(err)
		}
		pages, err := layoutPages(ctx, out)
		return pages, "", err
	}
	pages, err := childPages(ctx, file)
	return pages, "read without pdftotext; install poppler-utils for better text", err
}

// isEncrypted reports whether a PDF names an encryption, as its trailer does.
func isEncrypted(file string) bool {
	data, err := os.ReadFile(file)
	return err == nil && bytes.Contains(data, []byte("/Encrypt"))
}

func pdfFailure(err error) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "Incorrect password") || strings.Contains(text, "encrypted"):
		return invalid("it is encrypted")
	case strings.Contains(text, "time limit"):
		return err
	}
	return invalid("it is damaged: %s", text)
}

// childPages reads the pages in a child process of this program.
func childPages(ctx context.Context, file string) ([]string, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program to read the PDF in a child: %w", err)
	}
	out, err := command(ctx, pdfTimeout, []string{childVariable + "=pdf"}, exe, file)
	if err != nil {
		return nil, pdfFailure(err)
	}
	var pages []string
	if err := json.Unmarshal(out, &pages); err != nil {
		return nil, invalid("it is damaged: its reader gave no pages")
	}
	return pages, nil
}

// command runs a program with a time limit and a limit on what it writes.
func command(ctx context.Context, limit time.Duration, env []string, name string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.WaitDelay = time.Second
	var stderr bytes.Buffer
	stdout := &bounded{left: maxPDFText}
	cmd.Stdout, cmd.Stderr = stdout, &stderr
	err := cmd.Run()
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		return nil, tooLarge("its reader did not end within the time limit of %s", limit)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(stdout.err, kith.ErrTooLarge):
		return nil, stdout.err
	case err != nil:
		line, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return nil, invalid("%s", cmp.Or(line, err.Error()))
	}
	return stdout.Bytes(), nil
}

// bounded is a buffer that refuses to grow beyond its limit.
type bounded struct {
	bytes.Buffer
	left int
	err  error
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		b.err = tooLarge("its text has more than %d MB", maxPDFText>>20)
		return 0, b.err
	}
	return b.Buffer.Write(p)
}

// unreadable says why the pages' text cannot be used; "" where it can.
func unreadable(pages []string) string {
	all := strings.Join(pages, "\n")
	letters := 0
	for _, r := range all {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case letters < 20*len(pages) && letters < 200:
		return fmt.Sprintf("its %d pages hold pictures rather than text", len(pages))
	case isGarbage(all):
		return "its text layer is garbage (its fonts do not say which letters they draw)"
	}
	return ""
}

// isGarbage reports whether text is not in any language: unmapped glyphs,
// letters without vowels, words of impossible lengths.
func isGarbage(text string) bool {
	text = text[:min(len(text), 200_000)]
	odd, letters, vowels, marks := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r == '\ufffd' || r < ' ' && r != '\n' && r != '\t' && r != '\f' || r >= 0xe000 && r <= 0xf8ff:
			odd++
		case unicode.IsLetter(r):
			letters++
			if strings.ContainsRune("aeiouyAEIOUYáéíóúàèìòùäöüåøæ", r) {
				vowels++
			}
		case !unicode.IsSpace(r) && !unicode.IsDigit(r):
			marks++
		}
	}
	total := letters + odd + marks
	if total < 50 {
		return false
	}
	if odd*10 > total || marks*2 > letters || strings.Count(text, "(cid:")*20 > total {
		return true
	}
	if byScript(strings.ToLower(text)) != "" {
		return false
	}
	words := strings.Fields(text)
	return vowels*100 < letters*20 || vowels*100 > letters*65 || len(text) > 18*len(words) && Language(text) == "" || len(words) > 100 && Language(text) == ""
}

// ocr reads the pages as pictures.
func ocr(ctx context.Context, dir, file string, pages int) ([]string, error) {
	tesseract, err1 := exec.LookPath("tesseract")
	toppm, err2 := exec.LookPath("pdftoppm")
	if err1 != nil || err2 != nil {
		return nil, errors.New("and tesseract with pdftoppm is not installed")
	}
	out := make([]string, 0, pages)
	for i := 1; i <= pages; i++ {
		picture := filepath.Join(dir, "page")
		n := fmt.Sprint(i)
		if _, err := command(ctx, ocrTimeout, nil, toppm, "-r", "200", "-gray", "-png", "-singlefile", "-f", n, "-l", n, file, picture); err != nil {
			return nil, fmt.Errorf("but page %d could not be drawn: %w", i, err)
		}
		text, err := command(ctx, ocrTimeout, nil, tesseract, picture+".png", "stdout")
		if err != nil {
			return nil, fmt.Errorf("but tesseract failed on page %d: %w", i, err)
		}
		out = append(out, strings.TrimRight(string(text), "\f\n"))
	}
	if why := unreadable(out); why != "" {
		return nil, errors.New("and tesseract found no text")
	}
	return out, nil
}

// childVariable is the environment variable that makes this program a reader
// of foreign bytes instead of what it else is.
const childVariable = "KITH_READER_CHILD"

// ServeChild turns the process into a reader of one file, where it was
// started as one; else it does nothing. Every program that reads documents
// calls it first in main.
func ServeChild() {
	if os.Getenv(childVariable) != "pdf" || len(os.Args) != 2 {
		return
	}
	limitChild()
	if err := childMain(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func childMain(file string, out io.Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the reader failed: %v", r)
		}
	}()
	pages, err := purePages(file)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(pages)
}
