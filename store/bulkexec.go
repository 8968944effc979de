package store

import (
	"database/sql/driver"
	"fmt"
)

// execMany runs an INSERT of many rows straight on the driver's connection:
// database/sql looks at each of thousands of values, and copies them. They
// must be of the types of driver.Value, or int.
func (t *tx) execMany(query string, values ...any) error {
	return t.conn.Raw(func(c any) error {
		stmt, err := t.prepareRaw(c, query)
		if err != nil {
			return err
		}
		args := t.raw.args[:0]
		for i, v := range values {
			if n, ok := v.(int); ok {
				v = int64(n)
			}
			args = append(args, driver.NamedValue{Ordinal: i + 1, Value: v})
		}
		t.raw.args = args
		_, err = stmt.ExecContext(t.ctx, args)
		return err
	})
}

// rawStatements are what execMany prepared, and the values of the last call.
type rawStatements struct {
	stmts map[string]execer
	args  []driver.NamedValue
}

type execer interface {
	driver.Stmt
	driver.StmtExecContext
}

func (t *tx) prepareRaw(c any, query string) (execer, error) {
	if stmt := t.raw.stmts[query]; stmt != nil {
		return stmt, nil
	}
	prepared, err := c.(driver.ConnPrepareContext).PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w (in %.60q)", err, query)
	}
	stmt, ok := prepared.(execer)
	if !ok {
		return nil, fmt.Errorf("the driver's statement is a %T, which runs no statement with a context", prepared)
	}
	t.raw.stmts[query] = stmt
	return stmt, nil
}
