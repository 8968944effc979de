package answer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/answer/answertest"
)

// shared returns a path under the folder of corpora beside the repository,
// or skips the test where that is absent.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	for _, up := range []string{"../../shared", "../../../shared", "../../../../shared"} {
		p := filepath.Join(append([]string{up}, parts...)...)
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	t.Skipf("%s: the corpora beside the repository are absent", filepath.Join(parts...))
	return ""
}

func seedView(t testing.TB) *answertest.View {
	t.Helper()
	v, err := answertest.Gold([2]string{shared(t, "seed", "article.txt"), shared(t, "gold", "seed", "article.json")})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func devView(t testing.TB) *answertest.View {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared(t, "gold", "dev"), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][2]string
	for _, f := range files {
		pairs = append(pairs, [2]string{strings.TrimSuffix(f, ".json") + ".txt", f})
	}
	v, err := answertest.Gold(pairs...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestShow prints answers for reading: ASK="question" SET=seed|dev.
func TestShow(t *testing.T) {
	text := os.Getenv("ASK")
	if text == "" {
		t.Skip("set ASK to a question to see its answer")
	}
	v := seedView(t)
	if os.Getenv("SET") == "dev" {
		v = devView(t)
	}
	for _, q := range strings.Split(text, ";") {
		a, err := AskText(t.Context(), v, q, Options{})
		if err != nil {
			t.Log(err)
			continue
		}
		if err := a.WriteText(os.Stdout, 110); err != nil {
			t.Fatal(err)
		}
	}
}
