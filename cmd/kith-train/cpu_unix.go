//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime is what this process has used, user and system. The machine
// may be shared, so that the clock says little.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
