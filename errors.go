package kith

import (
	"errors"
	"fmt"
)

// Kinds of failure that callers tell apart with errors.Is. Messages around
// them name action, object and cause.
var (
	ErrNotFound  = errors.New("not found")
	ErrAmbiguous = errors.New("ambiguous")
	ErrInvalid   = errors.New("invalid")
	ErrTooLarge  = errors.New("too large")
	ErrLocked    = errors.New("locked")
	ErrForeign   = errors.New("not a kith store")
	ErrNewer     = errors.New("made by a newer kith")
	ErrDamaged   = errors.New("damaged")
	ErrFull      = errors.New("disk full")
)

// NameError says that a name given by the user fits no entity, or several.
type NameError struct {
	Name       string
	Candidates []Entity // near names, or those that fit equally well
	Err        error    // ErrNotFound or ErrAmbiguous
}

func (e *NameError) Error() string { return fmt.Sprintf("find %q: %v", e.Name, e.Err) }

func (e *NameError) Unwrap() error { return e.Err }
