// Command bundle builds the scripts and styles of package serve from their
// sources. `go generate ./serve` runs it.
package main

import (
	"fmt"
	"os"

	"kith/serve/internal/bundle/build"
)

func main() {
	files, err := build.Files("assets/src")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for name, content := range files {
		if err := os.WriteFile("assets/"+name, content, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
