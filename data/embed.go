// Package data holds kith's knowledge as files: the predicates, the lexicons
// and the trained models.
package data

import "embed"

// FS holds the folders predicates, lexicons and models.
//
//go:embed all:predicates all:lexicons all:models
var FS embed.FS
