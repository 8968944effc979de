package serve

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
)

// embedded holds templates, texts and the assets as they are served. Scripts
// are built from assets/src by `go generate ./serve`.
//
//go:generate go run ./internal/bundle
//go:embed templates/*.html texts/en.json assets/*.js assets/*.css assets/*.svg assets/fonts/*
var embedded embed.FS

var contentTypes = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".woff2": "font/woff2", ".LICENSE": "text/plain; charset=utf-8",
}

// assets serves the embedded files under names that carry their checksum, so
// that browsers may keep them for good.
type assets struct {
	content map[string][]byte
	sum     map[string]string
}

func loadAssets() (*assets, error) {
	a := &assets{content: map[string][]byte{}, sum: map[string]string{}}
	err := fs.WalkDir(embedded, "assets", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := embedded.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		short := name[len("assets/"):]
		a.content[short], a.sum[short] = content, hex.EncodeToString(sum[:6])
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	return a, nil
}

// url is the address of an asset, with its checksum.
func (a *assets) url(name string) (string, error) {
	sum, ok := a.sum[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return "/assets/" + name + "?v=" + sum, nil
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, ok := a.content[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", contentTypes[path.Ext(name)])
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	if r.URL.Query().Get("v") == a.sum[name] {
		w.Header().Set("Cache-Control", "max-age=31536000, immutable")
	}
	_, _ = w.Write(content)
}
