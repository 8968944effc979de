-- +goose Up
-- What waits for a person is counted and listed without reading the rest.
CREATE INDEX visible_shown ON visible (review) WHERE shown = 1;
CREATE INDEX judgements_unsure ON judgements (n) WHERE verdict = 'unsure';
