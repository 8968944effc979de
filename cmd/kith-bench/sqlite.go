package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	"kith/graph"
	"kith/internal/processor"

	_ "modernc.org/sqlite" // the database driver
)

// recursive answers a path, common ties and surroundings with SQLite's own
// recursive queries, over a table of ties with an index on each end.
func recursive(rows []graph.Row, nodes int) map[string]float64 {
	figures := map[string]float64{}
	if err := recursiveInto(figures, rows, nodes); err != nil {
		fmt.Fprintln(os.Stderr, "the recursive queries did not run to their end:", err)
	}
	return figures
}

func recursiveInto(figures map[string]float64, rows []graph.Row, nodes int) error {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	start := processor.Time()
	if err := fill(db, rows); err != nil {
		return err
	}
	figures["load"] = (processor.Time() - start).Seconds()
	a, b := uint32(nodes/3), uint32(nodes/2)
	for name, q := range map[string]string{
		"common p50":    `SELECT count(*) FROM (SELECT b FROM t WHERE a = ?1 INTERSECT SELECT b FROM t WHERE a = ?2)`,
		"two steps p50": `SELECT count(DISTINCT u.b) FROM t JOIN t u ON u.a = t.b WHERE t.a = ?1 AND ?2 >= 0`,
		"path p50": `WITH RECURSIVE near(x, d) AS (SELECT ?1, 0 UNION SELECT t.b, d + 1 FROM near JOIN t ON t.a = x WHERE d < 6)
			SELECT min(d) FROM near WHERE x = ?2`,
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
		start := processor.Time()
		var n sql.NullInt64
		err := db.QueryRowContext(ctx, q, a, b).Scan(&n)
		cancel()
		if err != nil {
			fmt.Fprintf(os.Stderr, "sqlite, %s: stopped after 90 s\n", name)
			continue
		}
		figures[name] = (processor.Time() - start).Seconds()
	}
	return nil
}

func fill(db *sql.DB, rows []graph.Row) error {
	if _, err := db.Exec(`CREATE TABLE t (a INTEGER, b INTEGER)`); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.Prepare(`INSERT INTO t VALUES (?1, ?2), (?2, ?1)`)
	if err != nil {
		return err
	}
	for i := range rows {
		if _, err := insert.Exec(rows[i].From, rows[i].To); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.Exec(`CREATE INDEX ab ON t (a, b)`)
	return err
}
