// Package data holds kith's knowledge as files: the predicates, the lexicons
// and the trained models.
package data

import "embed"

// FS holds the folders predicates, lexicons, models, mappings (what the columns of
// structured files mean), demo (example documents
// about a political world that does not exist) and relations (public relation schemas as kith's predicates)
// and frames (PropBank's frames, and how their roles are said).
//
//go:embed all:predicates all:lexicons all:models all:demo all:mappings all:relations all:frames
var FS embed.FS
