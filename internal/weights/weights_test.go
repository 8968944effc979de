package weights

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"unsafe"

	"kith/data"
)

func TestAModelIsItsFileAtTheStartOfACacheLine(t *testing.T) {
	files, err := fs.Glob(data.FS, "models/*.kwm")
	if err != nil || len(files) == 0 {
		t.Fatal("no models are embedded", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "models/"), ".kwm")
		got, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := fs.ReadFile(data.FS, file)
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what its file holds", name)
		}
		if at := uintptr(unsafe.Pointer(&got[0])); at%line != 0 {
			t.Errorf("%s begins at %d bytes of a cache line", name, at%line)
		}
	}
}

func TestAModelThatIsNotThereIsNamed(t *testing.T) {
	_, err := Load("nosuch")
	if err == nil || !strings.Contains(err.Error(), "data/models/nosuch.kwm") || !strings.Contains(err.Error(), "kith-train") {
		t.Errorf("error %v names neither the file nor what to do", err)
	}
}

func TestPiecesDoNotOverlap(t *testing.T) {
	var a arena
	first, second := a.take(100), a.take(chunk)
	for i := range first {
		first[i] = 1
	}
	if bytes.IndexByte(second, 1) >= 0 || cap(first) != 100 {
		t.Error("a piece reaches into the next")
	}
}
