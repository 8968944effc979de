package weights

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// huge is the size of the pages that are asked for, in bytes.
const huge = 2 << 20

// pages returns n bytes, a multiple of 64, of zeros in pages of 2 MB where
// the system gives them (transparent huge pages), else in common ones.
func pages(n int) []byte {
	m, err := unix.Mmap(-1, 0, n+huge, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	if err != nil {
		return make([]byte, n)
	}
	skip := -uintptr(unsafe.Pointer(&m[0])) & (huge - 1)
	m = m[skip:][:n]
	_ = unix.Madvise(m, unix.MADV_HUGEPAGE) // without them it is only slower
	return m
}
