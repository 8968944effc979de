package source

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestScannedPageIsReadByTesseract draws a page of our own, wraps the picture
// in a PDF without text, and reads it.
func TestScannedPageIsReadByTesseract(t *testing.T) {
	for _, tool := range []string{"tesseract", "pdftoppm", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(file, []byte(minimalPDF(pdfLines...)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", "150", "-jpeg", "-singlefile", file, filepath.Join(dir, "page")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	picture, err := os.ReadFile(filepath.Join(dir, "page.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	d := readString(t, "scan.pdf", picturePDF(t, picture))
	text := squash(d.Text)
	for _, words := range []string{"Lena Marsh met Cyrus Vane", "union leader Tomas Okafor", "two years later"} {
		if !strings.Contains(text, words) {
			t.Errorf("the text lacks %q: %q", words, text)
		}
	}
	if len(d.Pages) != 1 {
		t.Errorf("%d pages", len(d.Pages))
	}
}

// picturePDF is a PDF whose only page is a picture.
func picturePDF(t *testing.T, picture []byte) string {
	t.Helper()
	size, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	draw := "q 612 0 0 792 0 0 cm /I Do Q"
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(draw), draw),
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream", size.Width, size.Height, len(picture), picture)}
	return pdfOf(objects)
}
