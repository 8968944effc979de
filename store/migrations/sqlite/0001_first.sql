-- +goose Up
-- What was read and decided. Rows of these tables are added and never changed;
-- only Forget removes any. docs/store.md describes every column.

CREATE TABLE documents (
    id       TEXT PRIMARY KEY,
    title    TEXT NOT NULL,
    authors  TEXT NOT NULL, -- JSON list
    outlet   TEXT NOT NULL,
    date     TEXT NOT NULL,
    address  TEXT NOT NULL,
    path     TEXT NOT NULL,
    format   TEXT NOT NULL,
    language TEXT NOT NULL,
    original TEXT NOT NULL, -- SHA-256 of the original bytes
    pages    TEXT NOT NULL, -- JSON list of spans
    blocks   TEXT NOT NULL, -- JSON list of spans with kind
    meta     TEXT NOT NULL, -- JSON map
    at       TEXT NOT NULL, -- when kith learned it
    text     TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_at ON documents (at);

CREATE TABLE originals (document TEXT PRIMARY KEY, bytes BLOB NOT NULL);

CREATE TABLE appearances (
    document TEXT NOT NULL,
    address  TEXT NOT NULL,
    path     TEXT NOT NULL,
    outlet   TEXT NOT NULL,
    date     TEXT NOT NULL,
    seen     TEXT NOT NULL,
    PRIMARY KEY (document, address, path)
) WITHOUT ROWID;
CREATE INDEX appearances_address ON appearances (address) WHERE address <> '';
CREATE INDEX appearances_path ON appearances (path) WHERE path <> '';

CREATE TABLE readings (
    n         INTEGER PRIMARY KEY,
    document  TEXT NOT NULL,
    extractor TEXT NOT NULL, -- name and version
    reader    TEXT NOT NULL, -- name without version: newer readings supersede older ones of one reader
    digest    TEXT NOT NULL, -- of all that was read
    sentences INTEGER NOT NULL,
    words     INTEGER NOT NULL,
    at        TEXT NOT NULL,
    UNIQUE (document, extractor, digest)
);

CREATE TABLE skips (
    document   TEXT NOT NULL,
    reading    INTEGER NOT NULL,
    start_byte INTEGER NOT NULL,
    end_byte   INTEGER NOT NULL,
    why        TEXT NOT NULL
);
CREATE INDEX skips_document ON skips (document, reading);

CREATE TABLE entities (
    n           INTEGER PRIMARY KEY,
    document    TEXT NOT NULL,
    reading     INTEGER NOT NULL, -- 0: added by a correction
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    type        TEXT NOT NULL,
    unnamed     INTEGER NOT NULL,
    aliases     TEXT NOT NULL, -- JSON list
    identifiers TEXT NOT NULL, -- JSON map
    UNIQUE (document, reading, id)
);
CREATE INDEX entities_id ON entities (id);

CREATE TABLE mentions (
    document   TEXT NOT NULL,
    reading    INTEGER NOT NULL,
    start_byte INTEGER NOT NULL,
    end_byte   INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    type       TEXT NOT NULL,
    entity     TEXT NOT NULL,
    text       TEXT NOT NULL
);
CREATE INDEX mentions_document ON mentions (document, reading, start_byte);

CREATE TABLE claims (
    n            INTEGER PRIMARY KEY,
    document     TEXT NOT NULL,
    reading      INTEGER NOT NULL, -- 0: what a decision corrected
    decision     TEXT NOT NULL,    -- the correcting decision, or ''
    id           TEXT NOT NULL,
    key          TEXT NOT NULL,    -- what was read; decisions hold by it
    subject      TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    predicate    TEXT NOT NULL,
    object       TEXT NOT NULL,
    object_name  TEXT NOT NULL,
    object_type  TEXT NOT NULL,
    value        TEXT NOT NULL,
    third        TEXT NOT NULL,
    third_name   TEXT NOT NULL,
    third_type   TEXT NOT NULL,
    qualifiers   TEXT NOT NULL, -- JSON map, without third
    time_from    TEXT NOT NULL,
    time_to      TEXT NOT NULL,
    time_text    TEXT NOT NULL,
    negated      INTEGER NOT NULL,
    modality     TEXT NOT NULL,
    speaker_kind TEXT NOT NULL, -- '' is the document's own voice
    speaker_name TEXT NOT NULL,
    speaker      TEXT NOT NULL,
    start_byte   INTEGER NOT NULL,
    end_byte     INTEGER NOT NULL,
    quote        TEXT NOT NULL,
    extractor    TEXT NOT NULL,
    confidence   REAL NOT NULL,
    said         TEXT NOT NULL -- the document's date
);
CREATE INDEX claims_document ON claims (document, reading);
CREATE INDEX claims_subject ON claims (subject);
CREATE INDEX claims_object ON claims (object) WHERE object <> '';
CREATE INDEX claims_third ON claims (third) WHERE third <> '';
CREATE INDEX claims_predicate ON claims (predicate);

CREATE TABLE judgements (
    n        INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    a        TEXT NOT NULL,
    b        TEXT NOT NULL,
    verdict  TEXT NOT NULL,
    score    REAL NOT NULL,
    reasons  TEXT NOT NULL, -- JSON list
    by       TEXT NOT NULL,
    at       TEXT NOT NULL,
    decision TEXT NOT NULL -- the decision that caused it, or ''
);
CREATE INDEX judgements_a ON judgements (a, b);
CREATE INDEX judgements_b ON judgements (b, a);
CREATE INDEX judgements_decision ON judgements (decision) WHERE decision <> '';

CREATE TABLE decisions (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    action     TEXT NOT NULL,
    by         TEXT NOT NULL,
    at         TEXT NOT NULL,
    why        TEXT NOT NULL,
    document   TEXT NOT NULL,
    claim_key  TEXT NOT NULL,
    claim      TEXT NOT NULL,
    correction TEXT NOT NULL, -- JSON claim, or ''
    entities   TEXT NOT NULL, -- JSON list of local ids
    value      TEXT NOT NULL,
    outlet     TEXT NOT NULL,
    undoes     TEXT NOT NULL
);
CREATE INDEX decisions_document ON decisions (document) WHERE document <> '';
CREATE INDEX decisions_claim ON decisions (claim_key) WHERE claim_key <> '';
CREATE INDEX decisions_undoes ON decisions (undoes) WHERE undoes <> '';
CREATE INDEX decisions_action ON decisions (action);

CREATE TABLE decision_entities (
    entity   TEXT NOT NULL,
    decision TEXT NOT NULL,
    PRIMARY KEY (entity, decision)
) WITHOUT ROWID;

-- A decision on from_key holds for key too: a later reading or version says
-- the same in other words.
CREATE TABLE carried (
    document TEXT NOT NULL,
    key      TEXT NOT NULL,
    from_key TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (key, from_key)
) WITHOUT ROWID;
CREATE INDEX carried_document ON carried (document);
CREATE INDEX carried_from ON carried (from_key);

CREATE TABLE versions (
    document TEXT NOT NULL, -- the newer text
    replaces TEXT NOT NULL, -- the older one
    at       TEXT NOT NULL,
    PRIMARY KEY (document, replaces)
) WITHOUT ROWID;
CREATE INDEX versions_replaces ON versions (replaces);

CREATE TABLE anchors (
    document      TEXT NOT NULL, -- the newer version
    from_document TEXT NOT NULL,
    claim         TEXT NOT NULL,
    start_byte    INTEGER NOT NULL,
    end_byte      INTEGER NOT NULL,
    lost          INTEGER NOT NULL,
    PRIMARY KEY (document, claim)
) WITHOUT ROWID;

CREATE TABLE copies (
    document   TEXT PRIMARY KEY,
    original   TEXT NOT NULL,
    similarity REAL NOT NULL, -- share of the shorter text found in the longer
    at         TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX copies_original ON copies (original);

-- What can be rebuilt from the tables above.

CREATE TABLE sketches (
    hash     INTEGER NOT NULL, -- of a run of words; one in eight is kept
    document TEXT NOT NULL,
    PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE INDEX sketches_document ON sketches (document);

CREATE TABLE visible (
    claim      INTEGER PRIMARY KEY, -- claims.n
    id         TEXT NOT NULL,       -- the id it is shown under
    document   TEXT NOT NULL,
    review     TEXT NOT NULL,
    superseded INTEGER NOT NULL,
    shown      INTEGER NOT NULL -- in a view that asks for nothing special
);
CREATE INDEX visible_id ON visible (id);
CREATE INDEX visible_document ON visible (document);

CREATE TABLE members (
    entity   TEXT PRIMARY KEY,
    cluster  TEXT NOT NULL,
    document TEXT NOT NULL,
    first    INTEGER NOT NULL, -- smallest entities.n, 0 for an entity of a forgotten document
    alive    INTEGER NOT NULL, -- some reading in force mentions it
    claims   INTEGER NOT NULL  -- shown claims that it is an end of
) WITHOUT ROWID;
CREATE INDEX members_cluster ON members (cluster, document);
CREATE INDEX members_document ON members (document);

CREATE TABLE clusters (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    type      TEXT NOT NULL,
    unnamed   INTEGER NOT NULL,
    members   INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    claims    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX clusters_claims ON clusters (claims DESC, id);

CREATE TABLE local_names (
    entity TEXT NOT NULL,
    folded TEXT NOT NULL,
    name   TEXT NOT NULL,
    chosen INTEGER NOT NULL, -- decisions.n of the renaming in force, or 0
    main   INTEGER NOT NULL, -- 1: the fullest name in the document
    PRIMARY KEY (entity, folded)
) WITHOUT ROWID;

CREATE INDEX local_names_folded ON local_names (folded);

CREATE TABLE names (
    cluster TEXT NOT NULL,
    folded  TEXT NOT NULL,
    name    TEXT NOT NULL,
    chosen  INTEGER NOT NULL, -- decisions.n of the newest renaming in force, or 0
    main    INTEGER NOT NULL, -- members whose fullest name it is
    uses    INTEGER NOT NULL, -- members that have it
    PRIMARY KEY (cluster, folded)
) WITHOUT ROWID;
CREATE INDEX names_folded ON names (folded);

CREATE TABLE local_traits (
    entity TEXT PRIMARY KEY,
    traits TEXT NOT NULL -- JSON list of what resolution compares
) WITHOUT ROWID;

CREATE TABLE profiles (
    cluster TEXT PRIMARY KEY,
    traits  TEXT NOT NULL -- JSON list with how many members say so, the commonest
) WITHOUT ROWID;

CREATE TABLE keys (
    value   TEXT NOT NULL, -- what candidates are looked up by
    cluster TEXT NOT NULL,
    uses    INTEGER NOT NULL,
    PRIMARY KEY (value, cluster)
) WITHOUT ROWID;
CREATE INDEX keys_cluster ON keys (cluster);

CREATE TABLE rivals (
    cluster TEXT NOT NULL,
    other   TEXT NOT NULL,
    PRIMARY KEY (cluster, other)
) WITHOUT ROWID;

CREATE TABLE undone (decision TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE pending (document TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE passages (
    n          INTEGER PRIMARY KEY,
    document   TEXT NOT NULL,
    start_byte INTEGER NOT NULL,
    end_byte   INTEGER NOT NULL
);
CREATE INDEX passages_document ON passages (document);

CREATE VIEW passage_texts AS
    SELECT p.n, p.document, d.title, p.start_byte, p.end_byte,
           CAST(substr(CAST(d.text AS BLOB), p.start_byte + 1, p.end_byte - p.start_byte) AS TEXT) AS text
    FROM passages p JOIN documents d ON d.id = p.document;

CREATE VIRTUAL TABLE search USING fts5 (
    text, content = 'passage_texts', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE dictionary (n INTEGER PRIMARY KEY, folded TEXT NOT NULL UNIQUE);

CREATE VIRTUAL TABLE near_names USING fts5 (
    folded, content = 'dictionary', content_rowid = 'n', tokenize = 'trigram remove_diacritics 1'
);

-- For people who open the file with other programs.

CREATE VIEW ties AS
    SELECT s.cluster AS subject_id, cs.name AS subject, c.predicate, o.cluster AS object_id,
           coalesce(co.name, c.object_name) AS object, c.value, c.negated, c.modality,
           count(*) AS claims, count(DISTINCT c.document) AS documents, min(c.quote) AS a_quote
    FROM visible v JOIN claims c ON c.n = v.claim
    JOIN members s ON s.entity = c.subject JOIN clusters cs ON cs.id = s.cluster
    LEFT JOIN members o ON o.entity = c.object LEFT JOIN clusters co ON co.id = o.cluster
    WHERE v.shown = 1
    GROUP BY s.cluster, c.predicate, o.cluster, c.value, c.negated, c.modality;

CREATE VIEW quotes AS
    SELECT v.id, cs.name AS subject, c.predicate, coalesce(co.name, c.object_name) AS object, c.value, c.qualifiers,
           c.time_from, c.time_to, c.negated, c.modality, c.speaker_name AS speaker, v.review, v.superseded, c.quote,
           c.document, d.title, d.outlet, d.date, c.start_byte, c.end_byte, c.confidence
    FROM visible v JOIN claims c ON c.n = v.claim JOIN documents d ON d.id = c.document
    JOIN members s ON s.entity = c.subject JOIN clusters cs ON cs.id = s.cluster
    LEFT JOIN members o ON o.entity = c.object LEFT JOIN clusters co ON co.id = o.cluster;
