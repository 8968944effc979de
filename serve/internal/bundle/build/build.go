// Package build turns the sources of the pages' scripts and styles into the
// files that are served.
package build

import (
	"fmt"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// entries are the sources that pages ask for; the others are parts of them.
var entries = []string{"app.js", "reader.js", "map.js", "takeaway.js", "app.css", "takeaway.css"}

// Files bundles and minifies each entry of the folder of sources. The same
// sources give the same bytes.
func Files(folder string) (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, entry := range entries {
		result := api.Build(api.BuildOptions{
			EntryPoints: []string{filepath.Join(folder, entry)}, Bundle: true, Outfile: entry,
			MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true, LegalComments: api.LegalCommentsNone,
			Format: api.FormatIIFE, Target: api.ES2022, Charset: api.CharsetUTF8, External: []string{"/assets/*"},
		})
		if len(result.Errors) > 0 {
			return nil, fmt.Errorf("bundle %s: %s", entry, result.Errors[0].Text)
		}
		out[entry] = result.OutputFiles[0].Contents
	}
	return out, nil
}
