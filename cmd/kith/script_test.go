package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts, and tests that start a process, run this very
// binary as "kith".
func TestMain(m *testing.M) {
	if os.Getenv("KITH_TEST_MAIN") != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"kith": main})
}

// TestScripts runs every testdata/script/*.txtar: whole-program tests that read
// as documentation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("KITH_DB", filepath.Join(e.WorkDir, "store.kith"))
			e.Setenv("HOME", e.WorkDir)
			return os.WriteFile(filepath.Join(e.WorkDir, "nul.bin"), []byte("\x00\x01\x02 not a text \x00"), 0o644)
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, nil
		},
	})
}
