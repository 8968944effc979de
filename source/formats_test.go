package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kith"
)

func TestMain(m *testing.M) {
	ServeChild()
	os.Exit(m.Run())
}

// memoir is a text of our own that office programs turn into other formats.
const memoir = `The harbour and the hill

By Ada Quill, The Harbour Post, March 4, 2021

Lena Marsh, the mayor of Port Sorrel, met Cyrus Vane at a dinner in his house on Quay Street in May 2015. Vane, who owns the Harbour Mills, introduced her to the union leader Tomas Okafor, and Okafor endorsed her two years later.

“She listens before she speaks,” Okafor said of her. Marsh’s sister Ida Marsh ran the campaign office and later worked for Vane; the two women are said to have fallen out over money, which Ida Marsh denies.

Marsh is considering a run for governor in 2026, two aides said. Her predecessor, Wilhelmina Brandt-Osei, has not endorsed anyone, but she gave €2,500 to Marsh’s committee in 2019.
`

func readFileDoc(t *testing.T, path string) *kith.Document {
	t.Helper()
	items, err := File(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return items[0].Document
}

func TestOfficeProgramsGiveTheTextItself(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "memoir.txt")
	if err := os.WriteFile(file, []byte(memoir), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"docx", "odt", "rtf", "pdf", "epub", "html"} {
		t.Run(format, func(t *testing.T) {
			cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--infilter=Text (encoded):UTF8", "--convert-to", format, "--outdir", dir, file)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			sameWords(t, readFileDoc(t, filepath.Join(dir, "memoir."+format)), format)
		})
	}
}

// sameWords fails unless the document has the memoir's paragraphs and head.
func sameWords(t *testing.T, d *kith.Document, format string) {
	t.Helper()
	if got, want := paragraphsOf(d.Text), paragraphsOf(memoir); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s gives other paragraphs:\n%s", format, strings.Join(got, "\n¶ "))
	}
	if d.Title != "The harbour and the hill" || d.Date != "2021-03-04" || d.Outlet != "The Harbour Post" || strings.Join(d.Authors, ",") != "Ada Quill" {
		t.Errorf("%s gives title %q, date %q, outlet %q, authors %q", format, d.Title, d.Date, d.Outlet, d.Authors)
	}
}

func paragraphsOf(text string) []string {
	var out []string
	for _, p := range split(text) {
		out = append(out, squash(p.text))
	}
	return out
}

// zipped makes a zip archive of the members.
func zipped(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wordFile(t testing.TB) string {
	return zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>A quiet handover</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Marsh met </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:r><w:t>Orr.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Vane</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>$5,000</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>`, "word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>Orr denies it.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"docProps/core.xml", `<c xmlns:dc="dc"><dc:creator>Ada Quill</dc:creator><dcterms:created>2021-03-04T10:00:00Z</dcterms:created></c>`)
}

func TestWordKeepsHeadingsTablesNotesAndLeavesOutDeletedWords(t *testing.T) {
	d := readString(t, "a.docx", wordFile(t))
	if d.Title != "A quiet handover" || d.Date != "2021-03-04" || !strings.Contains(d.Text, "Marsh met Orr.") || !strings.Contains(d.Text, "Orr denies it.") || kindAt(d, "Vane") != kith.Table {
		t.Errorf("got %+v", d)
	}
}

const letter = "Return-Path: <ada@post.example>\r\nFrom: =?utf-8?q?Ada_Qu=C3=ADll?= <ada@post.example>\r\nTo: ben@post.example\r\nSubject: Re: the dinner\r\nDate: Thu, 04 Mar 2021 10:00:00 +0000\r\nMessage-ID: <1@post.example>\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\nContent-Type: multipart/alternative; boundary=yy\r\n\r\n" +
	"--yy\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nMarsh met Andr=E9 at the caf=E9.\r\n\r\nOn Wed, Ben wrote:\r\n> Did she meet him?\r\n\r\n-- \r\nAda\r\n" +
	"--yy\r\nContent-Type: text/html\r\n\r\n<p>Marsh met <b>Andr&eacute;</b>.</p>\r\n--yy--\r\n" +
	"--xx\r\nContent-Type: text/plain; name=note.txt\r\nContent-Disposition: attachment; filename=note.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n"

func mailWithAttachment() string {
	return letter + base64.StdEncoding.EncodeToString([]byte("Vane gave Marsh $5,000.")) + "\r\n--xx--\r\n"
}

// TestAnEarlierMailBelowAnAnswerIsNotTheAnswersText has answers as mail
// programs write them, and a mail that is passed on, which is text.
func TestAnEarlierMailBelowAnAnswerIsNotTheAnswersText(t *testing.T) {
	head := "From: Ada <ada@post.example>\nDate: Thu, 04 Mar 2021 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/"
	for name, mail := range map[string]string{
		"cite":      head + "html\nSubject: Re: dinner\n\n<p>Marsh met Orr.</p><div class='moz-cite-prefix'>On 3 March Ben wrote:</div><blockquote type=cite><p>Vane met Lind.</p></blockquote>",
		"gmail":     head + "html\nSubject: Re: dinner\n\n<div>Marsh met Orr.</div><div class='gmail_signature'>Ada</div><div class='gmail_quote'>On 3 March Ben wrote:<blockquote class='gmail_quote'>Vane met Lind.</blockquote></div>",
		"original":  head + "plain\nSubject: RE: dinner\n\nMarsh met Orr.\n\n-----Original Message-----\nFrom: Ben\nSent: 3 March\n\nVane met Lind.\n\n-- \nBen\n",
		"headers":   head + "plain\nSubject: AW: dinner\n\nMarsh met Orr.\n\nFrom: Ben\nSent: 3 March\nTo: Ada\n\nVane met Lind.\n",
		"signature": head + "plain\nSubject: Re: dinner\n\nMarsh met Orr.\n\n-- \nAda\nVane met Lind.\n",
	} {
		d := readString(t, "a.eml", mail)
		if kindAt(d, "Marsh met") != "" || kindAt(d, "Vane met") != kith.Boilerplate {
			t.Errorf("%s: %q has blocks %v", name, d.Text, d.Blocks)
		}
	}
	for name, mail := range map[string]string{
		"passed on, HTML":  head + "html\nSubject: Fwd: dinner\n\n<p>Marsh met Orr.</p><div class='gmail_quote'>---------- Forwarded message ---------<br>From: Ben<br><br><p>Vane met Lind.</p></div>",
		"passed on, plain": head + "plain\nSubject: FW: dinner\n\nMarsh met Orr.\n\n-----Original Message-----\nFrom: Ben\nSent: 3 March\n\nVane met Lind.\n",
	} {
		if d := readString(t, "a.eml", mail); kindAt(d, "Vane met") != "" {
			t.Errorf("%s: %q has blocks %v", name, d.Text, d.Blocks)
		}
	}
}

func TestMailGivesItsTextHeadersAndAttachments(t *testing.T) {
	docs, err := Read(context.Background(), "a.eml", strings.NewReader(mailWithAttachment()), Options{})
	if err != nil || len(docs) != 2 {
		t.Fatalf("got %d documents and %v", len(docs), err)
	}
	d := docs[0]
	if d.Title != "Re: the dinner" || d.Date != "2021-03-04" || d.Authors[0] != "Ada Quíll" || d.Meta["message-id"] != "<1@post.example>" || !strings.HasPrefix(d.Text, "Marsh met André at the café.\n") || strings.Contains(d.Text, "<b>") {
		t.Errorf("got %+v", d)
	}
	if kindAt(d, "> Did she") != kith.Boilerplate || kindAt(d, "Ada\n") != kith.Boilerplate || kindAt(d, "Marsh met") != "" {
		t.Errorf("blocks %v", d.Blocks)
	}
	if docs[1].Text != "Vane gave Marsh $5,000." || docs[1].Path != "a.eml/note.txt" || docs[1].Format != "text" {
		t.Errorf("attachment %+v", docs[1])
	}
}

func TestMailboxIsCutIntoItsMessages(t *testing.T) {
	box := "From ada Thu Mar  4 10:00:00 2021\nFrom: ada@post.example\nSubject: one\n\nMarsh met Orr.\n>From here it went on.\n\nFrom ben Thu Mar  4 10:00:00 2021\nFrom: ben@post.example\nSubject: two\n\nOrr met Vane.\n"
	docs, err := Read(context.Background(), "a.mbox", strings.NewReader(box), Options{})
	if err != nil || len(docs) != 2 || docs[0].Title != "one" || docs[1].Title != "two" || !strings.Contains(docs[0].Text, "\nFrom here it") || docs[0].Format != "eml" {
		t.Errorf("got %v and %v", docs, err)
	}
}

func TestSavedPageIsReadFromItsMHTML(t *testing.T) {
	saved := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/marsh\r\nSubject: Marsh\r\nDate: Thu, 4 Mar 2021 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"bb\"\r\n\r\n--bb\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://post.example/marsh\r\n\r\n" + webPage + "\r\n--bb--\r\n"
	d := readString(t, "a.mhtml", saved)
	if d.Title != "Marsh weighs run" || d.Address != "https://post.example/marsh" || d.Date != "2021-03-04" || d.Meta["saved"] != "2021-03-04" {
		t.Errorf("got %+v", d)
	}
}

func warcFile() string {
	body := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + webPage
	record := func(kind, content string) string {
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://post.example/marsh\r\nWARC-Date: 2021-03-05T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, len(content), content)
	}
	return record("request", "GET / HTTP/1.1\r\n\r\n") + record("response", body) + record("response", "HTTP/1.1 404 Not Found\r\n\r\nno")
}

func TestWebArchiveGivesItsPages(t *testing.T) {
	for name, data := range map[string]string{"a.warc": warcFile(), "a.warc.gz": gzipped(t, warcFile())} {
		docs, err := Read(context.Background(), name, strings.NewReader(data), Options{})
		if err != nil || len(docs) != 1 || docs[0].Title != "Marsh weighs run" || docs[0].Meta["captured"] != "2021-03-05T00:00:00Z" {
			t.Errorf("%s: got %v and %v", name, docs, err)
		}
	}
}

func gzipped(t testing.TB, text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const feedText = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><item><title>Marsh weighs run</title><link>https://post.example/1</link><pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate><author>Ada Quill</author><description>&lt;p&gt;Marsh is weighing a run, two aides said.&lt;/p&gt;</description></item><item><title>Empty</title></item></channel></rss>`

func TestFeedGivesItsEntriesAndNamesTheEmptyOnes(t *testing.T) {
	docs, err := Read(context.Background(), "feed.xml", strings.NewReader(feedText), Options{})
	if len(docs) != 1 || err == nil || !strings.Contains(err.Error(), "feed.xml#2") {
		t.Fatalf("got %d documents and %v", len(docs), err)
	}
	d := docs[0]
	if d.Title != "Marsh weighs run" || d.Outlet != "Harbour Post" || d.Date != "2021-03-04" || d.Address != "https://post.example/1" || !strings.Contains(d.Text, "two aides said.") {
		t.Errorf("got %+v", d)
	}
}

func tarred(t testing.TB, members ...string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i+1 < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Mode: 0o644, Size: int64(len(members[i+1])), Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchivesGiveTheirMembersAndNameTheBadOnes(t *testing.T) {
	members := []string{"a.txt", "Ann met Bob.", "../b.md", "# T\n\nBob met Cy.", "c.bin", "\x00\x01\x02", "d.zip", zipped(t, "e.txt", "Cy met Di.")}
	for name, data := range map[string]string{"a.zip": zipped(t, members...), "a.tar": tarred(t, members...), "a.tar.gz": gzipped(t, tarred(t, members...))} {
		docs, err := Read(context.Background(), name, strings.NewReader(data), Options{})
		if len(docs) != 3 || err == nil || !strings.Contains(err.Error(), "c.bin") {
			t.Errorf("%s: got %d documents and %v", name, len(docs), err)
		}
	}
}

func TestBombsAreRefused(t *testing.T) {
	nested := zipped(t, "a.txt", "Ann met Bob.")
	for range 10 {
		nested = zipped(t, "a.zip", nested)
	}
	for name, data := range map[string]string{
		"zeros.zip":    zipped(t, "a.txt", strings.Repeat("a", 300<<20)),
		"zeros.gz":     gzipped(t, strings.Repeat("a", 300<<20)),
		"zeros.docx":   zipped(t, "word/document.xml", "<w:document>"+strings.Repeat(" ", 300<<20)),
		"nested.zip":   nested,
		"cut.zip":      zipped(t, "a.txt", "Ann met Bob.")[:60],
		"cut.tar.gz":   gzipped(t, tarred(t, "a.txt", "Ann met Bob."))[:50],
		"cut.docx":     wordFile(t)[:300],
		"not.pdf":      "%PDF-1.7\nnothing",
		"notrtf.rtf":   "no rtf",
		"notmbox.mbox": "Subject: x\n\ny",
	} {
		docs, err := Read(context.Background(), name, strings.NewReader(data), Options{})
		if err == nil || len(docs) > 0 || !errors.Is(err, kith.ErrTooLarge) && !errors.Is(err, kith.ErrInvalid) {
			t.Errorf("%s: got %d documents and %v", name, len(docs), err)
		}
	}
}

func TestRichTextGivesItsWords(t *testing.T) {
	d := readString(t, "a.rtf", `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Handover}{\author Ada Quill}}`+
		`\pard Marsh met Andr\'e9 \u8220?at noon\u8221? \u-10179?\u-8704?.\par {\*\generator x}Vane\cell $5\cell\row {\b Orr} left.\par}`)
	if !strings.Contains(d.Text, "Marsh met André “at noon” 😀.\n\nVane\t$5") || !strings.Contains(d.Text, "Orr left.") || d.Title != "Handover" || d.Authors[0] != "Ada Quill" {
		t.Errorf("got %+v", d)
	}
}

func TestPagesAreKeptAndCutWordsMadeWhole(t *testing.T) {
	head := "Harbour Council\n\n"
	d, err := pagesDocument([]string{
		head + "The mayor met the chair of the harbour board and promised to sup-\nport the plan. She did not say when the vote would be taken, and the\n\n1\n",
		head + "chair did not ask. A second meeting is planned for\nthe spring.\n\n2\n",
		head + "A third page says that Orr left.\n\n3\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "The mayor met the chair of the harbour board and promised to support the plan. She did not say when the vote would be taken, and the chair did not ask. A second meeting is planned for the spring.\n\nA third page says that Orr left.\n"
	if d.Text != want {
		t.Errorf("got %q", d.Text)
	}
	for words, page := range map[string]int{"The mayor": 1, "chair did": 2, "A third": 3} {
		if got := d.Page(strings.Index(d.Text, words)); got != page {
			t.Errorf("%q is on page %d, want %d", words, got, page)
		}
	}
}

func TestGarbageIsToldFromText(t *testing.T) {
	for text, want := range map[string]bool{
		strings.Repeat("The mayor met the chair of the board. ", 10):  false,
		strings.Repeat("7KH PDBRU PHW WKH FKDLU RI WKH ERDUG ", 10):   true,
		strings.Repeat("(cid:12)(cid:44)(cid:9) ", 20):                true,
		strings.Repeat("\ue001\ue002\ue003 \ue004\ue005 ", 20):        true,
		strings.Repeat("Мэр встретился с председателем совета. ", 10): false,
	} {
		if got := isGarbage(text); got != want {
			t.Errorf("isGarbage(%.30q) = %v", text, got)
		}
	}
}

// minimalPDF makes a PDF of one page with the given lines.
func minimalPDF(lines ...string) string {
	content := "BT /F1 12 Tf 72 720 Td 16 TL"
	for _, l := range lines {
		content += " (" + strings.NewReplacer("(", `\(`, ")", `\)`).Replace(l) + ") Tj T*"
	}
	content += " ET"
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
	return pdfOf(objects)
}

// pdfOf writes objects as a PDF, the first being its catalogue.
func pdfOf(objects []string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.String()
}

var pdfLines = []string{"Lena Marsh met Cyrus Vane at a dinner in his house on Quay", "Street, and he introduced her to the union leader Tomas Okafor.", "Okafor endorsed her two years later, said a person close to both."}

func TestPDFIsReadWithAndWithoutPdftotext(t *testing.T) {
	check := func(t *testing.T) {
		d := readString(t, "a.pdf", minimalPDF(pdfLines...))
		if squash(d.Text) != strings.Join(pdfLines, " ") || len(d.Pages) != 1 || d.Page(10) != 1 {
			t.Errorf("got %q with pages %v", d.Text, d.Pages)
		}
	}
	if _, err := exec.LookPath("pdftotext"); err == nil {
		t.Run("pdftotext", check)
	}
	t.Run("pure Go", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		check(t)
	})
}

func TestPDFWithoutTextIsSaidToNeedOCR(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Read(context.Background(), "a.pdf", strings.NewReader(minimalPDF("")), Options{})
	if err == nil || !strings.Contains(err.Error(), "OCR") {
		t.Errorf("got %v", err)
	}
}

func TestPrivateAddressesAreRefusedAlsoBehindRedirectsAndNames(t *testing.T) {
	for _, address := range []string{"127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "fe80::1", "0.0.0.0", "100.64.0.1", "::ffff:10.0.0.1"} {
		if isPublic(netip.MustParseAddr(address).Unmap()) {
			t.Errorf("%s counts as public", address)
		}
	}
	if !isPublic(netip.MustParseAddr("93.184.216.34")) {
		t.Error("a public address does not count as public")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, webPage) }))
	defer server.Close()
	local := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	for _, address := range []string{server.URL, local, "file:///etc/passwd", "https://user:pw@host.example/"} {
		if _, err := Fetch(context.Background(), address, Options{}); !errors.Is(err, kith.ErrInvalid) {
			t.Errorf("%s: got %v", address, err)
		}
	}
}

func TestAddressIsFetchedWithItsDateAndHash(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /secret") })
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, webPage)
	})
	mux.HandleFunc("/go", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/sneak", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	f := newFetcher(func(a netip.Addr) bool { return a.IsLoopback() }, 0)
	items, err := f.read(context.Background(), server.URL+"/go", Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := items[0].Document
	if d.Title != "Marsh weighs run" || d.Meta["fetched"] == "" || len(d.Original) != 64 || string(items[0].Bytes) != webPage {
		t.Errorf("got %+v", d)
	}
	for path, cause := range map[string]string{"/secret": "robots.txt", "/loop": "redirects", "/none": "404", "/sneak": "private"} {
		if _, err := f.read(context.Background(), server.URL+path, Options{}); err == nil || !strings.Contains(err.Error(), cause) {
			t.Errorf("%s: got %v, want %q", path, err, cause)
		}
	}
}

func FuzzFormats(f *testing.F) {
	for name, data := range map[string]string{"a.docx": wordFile(f), "a.eml": mailWithAttachment(), "a.warc": warcFile(), "a.rss": feedText,
		"a.tar": tarred(f, "a.txt", "Ann met Bob."), "a.gz": gzipped(f, "Ann met Bob."), "a.rtf": `{\rtf1 Ann met \u8220?Bob\'e9.\par}`,
		"a.mbox": "From a b 2021\nSubject: x\n\nAnn met Bob.\n", "a.zip": zipped(f, "a.txt", "Ann met Bob."),
		"a.odt":   zipped(f, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<o><text:p>Ann met <text:s c=\"2\"/>Bob.</text:p></o>"),
		"a.epub":  zipped(f, "mimetype", "application/epub+zip", "META-INF/container.xml", `<c><rootfile full-path="o.opf"/></c>`, "o.opf", `<p><item id="a" href="a.html" media-type="application/xhtml+xml"/><itemref idref="a"/></p>`, "a.html", "<p>Ann met Bob.</p>"),
		"a.mhtml": "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Ann met Bob.\n--b--\n"} {
		f.Add(name, data)
	}
	f.Fuzz(func(t *testing.T, name, data string) {
		if strings.HasSuffix(name, "pdf") || strings.Contains(data, "%PDF") {
			return // read in a child, which is slow to fuzz
		}
		docs, err := Read(context.Background(), name, strings.NewReader(data), Options{MaxBytes: 1 << 20})
		if err == nil && len(docs) == 0 {
			t.Fatal("neither a document nor an error")
		}
		for _, d := range docs {
			checkDocument(t, d)
		}
	})
}

func TestOtherMembersOfAnArchiveWithABombAreRead(t *testing.T) {
	bomb := zipped(t, "a.txt", strings.Repeat("0", 64<<20), "b.txt", "Lena Marsh met Cyrus Vane.")
	docs, err := Read(context.Background(), "a.zip", strings.NewReader(bomb), Options{})
	if err == nil || !errors.Is(err, kith.ErrTooLarge) || !strings.Contains(err.Error(), "a.txt") {
		t.Errorf("the bomb is not refused: %v", err)
	}
	if len(docs) != 1 || !strings.Contains(docs[0].Text, "Cyrus Vane") {
		t.Errorf("%d other members are read", len(docs))
	}
}
