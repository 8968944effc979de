package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"

	"kith"
)

// SQLite's primary result codes (sqlite.org/rescode.html).
const (
	codeBusy     = 5
	codeLocked   = 6
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// explain names what was being done and gives SQLite's failures the kinds and
// the advice of the vocabulary. A nil error stays nil.
func explain(action string, err error) error {
	if err == nil {
		return nil
	}
	var failed *sqlite.Error
	if !errors.As(err, &failed) {
		return fmt.Errorf("%s: %w", action, err)
	}
	switch failed.Code() & 0xff {
	case codeBusy, codeLocked:
		return fmt.Errorf("%s: %w by another program; try again when it has finished", action, kith.ErrLocked)
	case codeCorrupt, codeNotADB:
		return fmt.Errorf("%s: the file is %w (%v); restore it from a copy, or read the documents into a new store", action, kith.ErrDamaged, err)
	case codeFull:
		return fmt.Errorf("%s: %w: make room and run it again; nothing was half-written", action, kith.ErrFull)
	case codeIO:
		return fmt.Errorf("%s: the disk refused (%w); nothing was half-written", action, err)
	case codeReadOnly:
		return fmt.Errorf("%s: the file or its folder may not be written to (%w)", action, err)
	case codeCantOpen:
		return fmt.Errorf("%s: the file cannot be opened (%w)", action, err)
	}
	return fmt.Errorf("%s: %w", action, err)
}
