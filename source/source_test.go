package source

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith"
)

func readString(t *testing.T, name, text string) *kith.Document {
	t.Helper()
	docs, err := Read(context.Background(), name, strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

// kindAt is the kind of the block that holds the first occurrence of words.
func kindAt(d *kith.Document, words string) kith.BlockKind {
	at := strings.Index(d.Text, words)
	for _, b := range d.Blocks {
		if at >= b.Start && at < b.End {
			return b.Kind
		}
	}
	return ""
}

const story = `Harbour mayor weighs a second run

By Ada Quill and Ben Orr, The Harbour Post, March 4, 2021

Mayor Lena Marsh is weighing a second run, two aides said on Thursday. She has met with donors since the spring.

Photo: Marsh at the pier. Image: Ben Orr

- Marsh won the office in 2017 with the help of her sister.

“It is my town,” she said.
`

func TestTitleBylineOutletAndDateAreReadOffTheTop(t *testing.T) {
	d := readString(t, "story.txt", story)
	if d.Title != "Harbour mayor weighs a second run" || d.Outlet != "The Harbour Post" || d.Date != "2021-03-04" {
		t.Errorf("got title %q, outlet %q, date %q", d.Title, d.Outlet, d.Date)
	}
	if len(d.Authors) != 2 || d.Authors[0] != "Ada Quill" || d.Authors[1] != "Ben Orr" {
		t.Errorf("got authors %q", d.Authors)
	}
	for words, want := range map[string]kith.BlockKind{"Harbour mayor": kith.Heading, "By Ada": kith.Byline, "Mayor Lena": "",
		"Photo:": kith.Caption, "- Marsh won": kith.ListItem, "“It is": ""} {
		if got := kindAt(d, words); got != want {
			t.Errorf("%q is marked %q, want %q", words, got, want)
		}
	}
	if d.Text != story {
		t.Error("the stored text is not the file's own")
	}
}

func TestProseThatBeginsWithByIsNoByline(t *testing.T) {
	for _, line := range []string{"By the time the doors closed, three people had filed.", "By Friday, Marsh had won.", "By and large it was quiet"} {
		if b, ok := ParseByline(line); ok {
			t.Errorf("%q was read as a byline of %q", line, b.Authors)
		}
	}
}

func TestByteOrderMarkIsDroppedAndLineEndsAreWrittenLF(t *testing.T) {
	d := readString(t, "a.txt", "\xef\xbb\xbfOne line of words.\r\nAnd another.\rA third.")
	if d.Text != "One line of words.\nAnd another.\nA third." {
		t.Errorf("got %q", d.Text)
	}
}

func TestCharsetsAreFoundOut(t *testing.T) {
	latin := "The mayor of Malm\xf6 met Andr\xe9 at the caf\xe9, and said \x93no\x94."
	if d := readString(t, "a.txt", latin); d.Text != "The mayor of Malmö met André at the café, and said “no”." {
		t.Errorf("got %q", d.Text)
	}
	wide := ""
	for _, r := range "Ann met Bob at noon." {
		wide += string([]byte{byte(r), 0})
	}
	for _, mark := range []string{"", "\xff\xfe"} {
		if d := readString(t, "a.txt", mark+wide); d.Text != "Ann met Bob at noon." {
			t.Errorf("UTF-16 with mark %q gave %q", mark, d.Text)
		}
	}
}

func TestBadFilesAreRefusedWithTheirCause(t *testing.T) {
	for name, c := range map[string]struct{ data, cause string }{
		"empty.txt":  {"", "empty"},
		"blank.txt":  {" \n\t ", "empty"},
		"nul.txt":    {"A line.\n\x00And more of it.", "NUL"},
		"photo.jpg":  {"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "binary"},
		"binary.txt": {strings.Repeat("\x01\x02\xff\x07", 50), "binary"},
		"rows.csv":   {"a,b\n1,2\n", "kith import"},
	} {
		docs, err := Read(context.Background(), name, strings.NewReader(c.data), Options{})
		if err == nil || !errors.Is(err, kith.ErrInvalid) || !strings.Contains(err.Error(), c.cause) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %d documents and error %v, want one that names the file and %q", name, len(docs), err, c.cause)
		}
	}
}

func TestFileBeyondTheLimitIsRefused(t *testing.T) {
	_, err := Read(context.Background(), "big.txt", strings.NewReader(strings.Repeat("word ", 300)), Options{MaxBytes: 1000})
	if !errors.Is(err, kith.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestFolderGivesItsGoodFilesAndNamesTheBad(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.txt": "Ann met Bob.", "b.txt": "\x00\x01", "sub/c.md": "# Title\n\nBob met Cy.", ".hidden": "no"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var good, bad []string
	for item, err := range Walk(context.Background(), []string{dir, filepath.Join(dir, "none.txt")}, nil, Options{}) {
		if err != nil {
			bad = append(bad, err.Error())
			continue
		}
		good = append(good, filepath.Base(item.Document.Path))
	}
	if strings.Join(good, " ") != "a.txt c.md" || len(bad) != 2 || !strings.Contains(bad[0], "b.txt") || !strings.Contains(bad[1], "none.txt") {
		t.Errorf("good %q, bad %q", good, bad)
	}
}

func TestSameTextHasTheSameIDWhateverTheFile(t *testing.T) {
	a, b := readString(t, "a.txt", "Ann met Bob.\r\n"), readString(t, "b.md", "Ann met Bob.\n")
	if a.ID != b.ID || a.ID != kith.NewDocumentID(a.Text) {
		t.Errorf("ids %s and %s", a.ID, b.ID)
	}
	if a.Original == b.Original {
		t.Error("different bytes have the same hash")
	}
}

func TestMarkdownKeepsItsTextAndMarksItsParts(t *testing.T) {
	text := "---\ntitle: A quiet handover\nauthor: Ada Quill\ndate: 2021-03-04\n---\n# A quiet handover\n\nMarsh met Orr.\n\n- a list\n\n| a | b |\n\n```\ncode\n```\n"
	d := readString(t, "a.md", text)
	if d.Text != text || d.Title != "A quiet handover" || d.Date != "2021-03-04" || len(d.Authors) != 1 {
		t.Errorf("got %+v", d)
	}
	for words, want := range map[string]kith.BlockKind{"title:": kith.Boilerplate, "# A quiet": kith.Heading, "Marsh met": "", "- a list": kith.ListItem, "| a": kith.Table, "code": kith.Boilerplate} {
		if got := kindAt(d, words); got != want {
			t.Errorf("%q is marked %q, want %q", words, got, want)
		}
	}
}

const webPage = `<!DOCTYPE html><html lang="en"><head><title>Marsh weighs run - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Ada Quill">
<meta property="article:published_time" content="2021-03-04T10:00:00Z"><meta property="og:title" content="Marsh weighs run">
<link rel="canonical" href="https://post.example/marsh"></head><body>
<nav><a href="/">Home</a> <a href="/x">World</a></nav>
<article><h1>Marsh weighs run</h1>
<p>Mayor Lena Marsh is weighing a second run, two aides said on Thursday, after months in which she had kept silent about her plans for the town.</p>
<h2>Donors</h2>
<p>She has met with donors since the spring, among them the owner of the Harbour Mills, Cyrus Vane, who gave her&nbsp;first campaign its start.</p>
<ul><li>Vane gave $5,000 in 2017.</li><li>Orr gave nothing.</li></ul>
<p>“It is my town,” she said. <b>Marsh</b>, who won in 2017, has not said when she will decide, and her aides did not answer questions about it.</p>
</article><footer>Copyright 2021 Harbour Post</footer><script>var x = "</p>not text";</script></body></html>`

func TestWebPageGivesMainTextAndMetadata(t *testing.T) {
	d := readString(t, "page.html", webPage)
	if d.Title != "Marsh weighs run" || d.Outlet != "Harbour Post" || d.Date != "2021-03-04" || d.Address != "https://post.example/marsh" || d.Language != "en" || len(d.Authors) != 1 || d.Authors[0] != "Ada Quill" {
		t.Errorf("got %+v", d)
	}
	for _, words := range []string{"weighing a second run, two aides", "gave her first campaign", "“It is my town,” she said. Marsh, who won"} {
		if !strings.Contains(d.Text, words) {
			t.Errorf("the text lacks %q:\n%s", words, d.Text)
		}
	}
	for _, words := range []string{"World", "not text", "Copyright"} {
		if strings.Contains(d.Text, words) {
			t.Errorf("the text holds %q", words)
		}
	}
	if kindAt(d, "Donors") != kith.Heading || kindAt(d, "Vane gave") != kith.ListItem {
		t.Errorf("blocks %v", d.Blocks)
	}
}

func TestMarkupBombsEndWithinTheLimits(t *testing.T) {
	for name, text := range map[string]string{
		"deep.html":  "<html>" + strings.Repeat("<div>", 200_000) + "Ann met Bob.",
		"wide.html":  "<html>" + strings.Repeat("<b>a</b>", 50_000),
		"attrs.html": "<html><p " + strings.Repeat(`a="1" `, 200_000) + ">Ann met Bob.</p>",
	} {
		_, err := Read(context.Background(), name, strings.NewReader(text), Options{})
		t.Logf("%s: %v", name, err)
	}
}

func TestLanguageIsToldByItsCommonWords(t *testing.T) {
	for text, want := range map[string]string{
		"The mayor said on Thursday that she would not run for the office again.":                  "en",
		"La alcaldesa dijo el jueves que no se presentará de nuevo para el cargo en la ciudad.":    "es",
		"Die Bürgermeisterin sagte am Donnerstag, dass sie nicht noch einmal für das Amt antritt.": "de",
		"La maire a dit jeudi qu'elle ne se présentera pas une nouvelle fois pour le poste.":       "fr",
		"Мэр заявила в четверг, что не будет снова баллотироваться на эту должность.":              "ru",
		"市長は木曜日、再び立候補するつもりはないと述べた。":                                                                "ja",
		"Bob.": "",
	} {
		if got := Language(text); got != want {
			t.Errorf("Language(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestForeignParagraphIsMarked(t *testing.T) {
	d := readString(t, "a.txt", strings.Repeat("The mayor said that she would run again, and that it was the best for the town. ", 5)+
		"\n\nLa alcaldesa dijo el jueves que no se presentará de nuevo para el cargo en la ciudad.\n")
	if kindAt(d, "La alcaldesa") != kith.Foreign || kindAt(d, "The mayor") != "" {
		t.Errorf("blocks %v", d.Blocks)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{story, webPage, "---\ntitle: x\n---\n# y", "\xff\xfea\x00", "<html><p>x", "a\x00b", "| a | b |\n"} {
		f.Add("f", seed)
		f.Add("f.md", seed)
	}
	f.Fuzz(func(t *testing.T, name, data string) {
		docs, err := Read(context.Background(), name, strings.NewReader(data), Options{MaxBytes: 1 << 20})
		if err == nil && len(docs) == 0 {
			t.Fatal("neither a document nor an error")
		}
		for _, d := range docs {
			checkDocument(t, d)
		}
	})
}

// checkDocument fails where blocks or pages lie outside the text.
func checkDocument(t *testing.T, d *kith.Document) {
	t.Helper()
	if d.ID != kith.NewDocumentID(d.Text) || strings.TrimSpace(d.Text) == "" || strings.ContainsAny(d.Text, "\x00\r") {
		t.Fatalf("bad document %q", d.Text)
	}
	last := 0
	for _, b := range d.Blocks {
		if b.Start < last || b.End > len(d.Text) || b.Start >= b.End {
			t.Fatalf("block %v outside or out of order in %d bytes: %v", b, len(d.Text), d.Blocks)
		}
		last = b.Start
	}
}
