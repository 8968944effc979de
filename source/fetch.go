package source

import "context"

// Fetch reads a web address.
func Fetch(ctx context.Context, address string, o Options) ([]Item, error) {
	return nil, &Error{address, invalid("addresses are not read yet")}
}
