//go:build !linux

package source

import "runtime/debug"

// limitChild asks the runtime to keep the memory of a reader small.
func limitChild() { debug.SetMemoryLimit(1 << 30) }
