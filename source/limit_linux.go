package source

import "golang.org/x/sys/unix"

// limitChild bounds the memory and processor time of a reader.
func limitChild() {
	_ = unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: 4 << 30, Max: 4 << 30})
	_ = unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: 60, Max: 60})
}
