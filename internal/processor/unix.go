//go:build unix

// Package processor tells how much of the processors the program has used:
// on a shared machine the clock says little.
package processor

import (
	"syscall"
	"time"
)

// Time is what this process has used, user and system together; 0 where the
// system does not tell.
func Time() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
