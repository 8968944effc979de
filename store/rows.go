package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kith"
)

// rows gathers rows of one table and inserts many by one statement.
type rows struct {
	into    string // up to VALUES
	after   string // what follows the values
	columns int
	// sorted says that the first columns, texts, are the table's key: rows are
	// then written in its order, so that neighbours are written together.
	sorted int
	values []any
	// counted is a table whose rows SQLite counts on as batch.number does. A
	// number that is named for many rows in one statement costs copies of pages
	// that SQLite keeps to take the statement back.
	counted string
	last    int64 // the number of the last row
}

// counted makes the rows of a table that SQLite numbers.
func counted(table, columns string, n int) *rows {
	return &rows{into: "INSERT OR FAIL INTO " + table + " (" + columns + ")", columns: n, counted: table}
}

// addCounted takes a row that will have a number, the one after the last row's.
func (r *rows) addCounted(number int64, values ...any) {
	r.last = number
	r.add(values...)
}

// checkCount holds the numbers that SQLite gave against those that were meant.
func (t *tx) checkCount(r *rows) error {
	if r.last == 0 {
		return nil
	}
	var last int64
	if _, err := t.first([]any{&last}, "SELECT max(n) FROM "+r.counted); err != nil {
		return err
	}
	if last != r.last {
		return fmt.Errorf("%w: the rows of %s are numbered to %d, not to %d", kith.ErrDamaged, r.counted, last, r.last)
	}
	return nil
}

// add takes one row.
func (r *rows) add(values ...any) { r.values = append(r.values, values...) }

// rowsAtOnce are the numbers of rows that a statement inserts: a few sizes, so
// that few statements are prepared.
var rowsAtOnce = [...]int{64, 8, 1}

// each hands the statements that insert the rows to run, and forgets the rows.
func (r *rows) each(run func(query string, args ...any) error) error {
	rest := r.inOrder()
	for _, size := range rowsAtOnce {
		if len(rest) < size*r.columns {
			continue
		}
		query := r.statement(size)
		for len(rest) >= size*r.columns {
			if err := run(query, rest[:size*r.columns]...); err != nil {
				return err
			}
			rest = rest[size*r.columns:]
		}
	}
	r.values = nil
	return nil
}

// inOrder is the rows' values, sorted by the first columns where they shall be.
func (r *rows) inOrder() []any {
	if r.sorted == 0 || len(r.values) <= r.columns {
		return r.values
	}
	order := make([]int, len(r.values)/r.columns)
	for i := range order {
		order[i] = i * r.columns
	}
	slices.SortStableFunc(order, func(a, b int) int {
		for k := range r.sorted {
			if c := cmp.Compare(r.values[a+k].(string), r.values[b+k].(string)); c != 0 {
				return c
			}
		}
		return 0
	})
	out := make([]any, 0, len(r.values))
	for _, at := range order {
		out = append(out, r.values[at:at+r.columns]...)
	}
	return out
}

func (r *rows) statement(size int) string {
	row := "(" + strings.Repeat("?,", r.columns-1) + "?)"
	return r.into + " VALUES " + row + strings.Repeat(","+row, size-1) + r.after
}
