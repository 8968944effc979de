//go:build !linux

package weights

// pages returns n bytes of zeros.
func pages(n int) []byte { return make([]byte, n) }
