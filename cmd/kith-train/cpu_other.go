//go:build !unix

package main

import "time"

var started = time.Now()

// processorTime is the time since the program started, where the system does
// not tell what was used.
func processorTime() time.Duration { return time.Since(started) }
