package main

import (
	"fmt"

	"kith"
)

type versionCmd struct{}

func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintln(e.out, "kith", kith.Version)
	return err
}
