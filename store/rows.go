package store

import "strings"

// rows gathers rows of one table and inserts many by one statement.
type rows struct {
	into    string // up to VALUES
	after   string // what follows the values
	columns int
	values  []any
}

// add takes one row.
func (r *rows) add(values ...any) { r.values = append(r.values, values...) }

// rowsAtOnce are the numbers of rows that a statement inserts: a few sizes, so
// that few statements are prepared.
var rowsAtOnce = [...]int{64, 8, 1}

// each hands the statements that insert the rows to run, and forgets the rows.
func (r *rows) each(run func(query string, args ...any) error) error {
	rest := r.values
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

func (r *rows) statement(size int) string {
	row := "(" + strings.Repeat("?,", r.columns-1) + "?)"
	return r.into + " VALUES " + row + strings.Repeat(","+row, size-1) + r.after
}
