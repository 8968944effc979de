//go:build !unix

package graph

import "os"

// mapFile reads a file where mapping is not at hand.
func mapFile(path string) ([]byte, func() error, error) {
	data, err := os.ReadFile(path)
	return data, func() error { return nil }, err
}
