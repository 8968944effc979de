package exchange

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the database driver
)

func sqliteExporter() Exporter {
	return Exporter{Format: format("sqlite", "SQLite for Datasette", ".sqlite", "application/vnd.sqlite3", "documents' texts and original bytes (kith export archive keeps them)", "judgements and decisions"), Files: writeSQLite}
}

const datasetteSchema = `
CREATE TABLE entities (id TEXT PRIMARY KEY, name TEXT, type TEXT, aliases TEXT, identifiers TEXT, unnamed INTEGER);
CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT, authors TEXT, outlet TEXT, date TEXT, address TEXT, path TEXT, format TEXT, language TEXT, added TEXT);
CREATE TABLE ties (id INTEGER PRIMARY KEY, subject TEXT REFERENCES entities(id), predicate TEXT, object TEXT REFERENCES entities(id), value TEXT, modality TEXT, negated INTEGER,
  disputed INTEGER, "from" TEXT, "to" TEXT, sources INTEGER, strength REAL, speakers TEXT, first_reported TEXT);
CREATE TABLE tie_claims (tie INTEGER REFERENCES ties(id), claim TEXT REFERENCES claims(id), dissent INTEGER);
CREATE VIEW claims_readable AS SELECT c.id, s.name AS subject, c.predicate, coalesce(o.name, c.value) AS object, c.modality, c.negated, c."from", c."to", c.attribution, c.quote, d.title, d.outlet, d.date, d.address
  FROM claims c JOIN entities s ON s.id = c.subject_id LEFT JOIN entities o ON o.id = c.object_id LEFT JOIN documents d ON d.id = c.document;
CREATE INDEX claims_subject ON claims(subject_id); CREATE INDEX claims_object ON claims(object_id); CREATE INDEX claims_document ON claims(document); CREATE INDEX ties_subject ON ties(subject); CREATE INDEX ties_object ON ties(object);
CREATE VIRTUAL TABLE claims_fts USING fts5(quote, subject, object, value, content=claims);
INSERT INTO claims_fts(claims_fts) VALUES ('rebuild');
ANALYZE;`

// writeSQLite writes tables with the names that people look for, foreign keys
// and full-text search, so that Datasette shows links and a search box.
func writeSQLite(ctx context.Context, s *Selection) ([]OutFile, error) {
	dir, err := os.MkdirTemp("", "kith-export-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "kith.sqlite")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=synchronous(off)")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := s.fillSQLite(ctx, db); err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	return []OutFile{{"kith.sqlite", data}}, err
}

func (s *Selection) fillSQLite(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	columns := make([]string, len(claimColumns))
	for i, c := range claimColumns {
		columns[i] = `"` + c + `" ` + map[string]string{"start": "INTEGER", "end": "INTEGER", "negated": "INTEGER", "confidence": "REAL", "id": "TEXT PRIMARY KEY",
			"subject_id": "TEXT REFERENCES entities(id)", "object_id": "TEXT REFERENCES entities(id)", "document": "TEXT REFERENCES documents(id)"}[c]
	}
	schema := strings.SplitN(datasetteSchema, "CREATE VIEW", 2)
	if _, err := tx.ExecContext(ctx, schema[0]+"CREATE TABLE claims ("+strings.Join(columns, ", ")+");"); err != nil {
		return err
	}
	insert := func(table string, cells ...any) {
		if err == nil {
			_, err = tx.ExecContext(ctx, "INSERT INTO "+table+" VALUES (?"+strings.Repeat(", ?", len(cells)-1)+")", cells...)
		}
	}
	for i := range s.Entities {
		e := &s.Entities[i]
		insert("entities", string(e.ID), e.Name, string(e.Type), strings.Join(e.Aliases, "; "), identifiersText(e), e.Unnamed)
	}
	for i := range s.Documents {
		d := &s.Documents[i]
		insert("documents", string(d.ID), d.Title, strings.Join(d.Authors, "; "), d.Outlet, string(d.Date), d.Address, d.Path, d.Format, d.Language, stamp(d.Added))
	}
	for i := range s.Claims {
		cells := make([]any, 0, len(claimColumns))
		for j, v := range s.claimCells(&s.Claims[i]) {
			switch {
			case claimColumns[j] == "negated":
				cells = append(cells, v == "true")
			case v == "":
				cells = append(cells, nil)
			default:
				cells = append(cells, v)
			}
		}
		insert("claims", cells...)
	}
	for i := range s.Ties {
		t := &s.Ties[i]
		f := s.factsOf(t)
		var object any
		if t.Object != nil {
			object = string(t.Object.ID)
		}
		insert("ties", i+1, string(t.Subject.ID), f.Predicate, object, t.Value, f.Modality, f.Negated, f.Disputed, string(t.Time.From), string(t.Time.To), f.Sources, f.Strength, f.Speakers, f.Reported)
		for _, id := range t.Claims {
			insert("tie_claims", i+1, string(id), false)
		}
		for _, id := range t.Dissent {
			insert("tie_claims", i+1, string(id), true)
		}
	}
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "CREATE VIEW"+schema[1]); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return tx.Commit()
}
