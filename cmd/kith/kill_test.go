package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// program runs this very binary as the program; see TestMain.
func program(ctx context.Context, args ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(os.Environ(), "KITH_TEST_MAIN=1")
	return cmd
}

func TestAKilledAddLeavesAStoreThatVerifiesAndCompletes(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program again and again")
	}
	folder := t.TempDir()
	for i := range 24 {
		text := fmt.Sprintf("Senator Vera Anselm endorsed candidate Oskar Feld%d on Monday. Anselm met Lena Brandt in Brill in %d.\n", i, 1980+i)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	whole := filepath.Join(t.TempDir(), "whole.kith")
	mustRun(t, program(t.Context(), "--db", whole, "add", folder))
	want := output(t, program(t.Context(), "--db", whole, "claims", "--json"))

	started := time.Now()
	mustRun(t, program(t.Context(), "--db", filepath.Join(t.TempDir(), "timing.kith"), "add", folder))
	full := time.Since(started)

	const cuts = 5
	for i := range cuts {
		after := full * time.Duration(i+1) / (cuts + 1)
		db := filepath.Join(t.TempDir(), "cut.kith")
		killAfter(t, after, "--db", db, "add", folder)
		if _, err := os.Stat(db); err == nil {
			mustRun(t, program(t.Context(), "--db", db, "verify"))
		}
		mustRun(t, program(t.Context(), "--db", db, "add", folder))
		mustRun(t, program(t.Context(), "--db", db, "verify"))
		if got := output(t, program(t.Context(), "--db", db, "claims", "--json")); !sameLines(got, want) {
			t.Errorf("killed after %v: the completed store's claims differ from those of a store made in one go", after)
		}
	}
}

// killAfter starts the program and kills it, as kill -9 does, after a while.
func killAfter(t *testing.T, after time.Duration, args ...string) {
	t.Helper()
	cmd := program(context.Background(), args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill() // it may have ended already
	_ = cmd.Wait()
}

func mustRun(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args[1:], err, out)
	}
}

func output(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd.Args[1:], err)
	}
	return out
}

// sameLines compares without regard to order: documents may be stored in any.
func sameLines(a, b []byte) bool {
	count := map[string]int{}
	for _, line := range bytes.Split(a, []byte("\n")) {
		count[string(line)]++
	}
	for _, line := range bytes.Split(b, []byte("\n")) {
		count[string(line)]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
