//go:build !unix

// Package processor tells how much of the processors the program has used.
package processor

import "time"

var started = time.Now()

// Time is the time since the program started, where the system does not tell
// what was used.
func Time() time.Duration { return time.Since(started) }
