// Package data holds kith's knowledge as files: the predicates, the lexicons
// and the trained models.
package data

import "embed"

// FS holds the folders predicates, lexicons, models and demo (example documents
// about a political world that does not exist).
//
//go:embed all:predicates all:lexicons all:models all:demo
var FS embed.FS
