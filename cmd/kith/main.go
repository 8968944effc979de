// Command kith reads texts about public people and keeps the map of who
// stands behind whom.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"kith/source"
)

func main() {
	source.ServeChild()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
