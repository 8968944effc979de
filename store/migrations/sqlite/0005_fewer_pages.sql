-- +goose Up
-- A document touches few pages of a large store. How many members have a key
-- need not be counted: who names a known party writes no key then.
ALTER TABLE keys DROP COLUMN uses;

-- Only clusters of which much is said are kept in order.
DROP INDEX clusters_claims;
CREATE INDEX clusters_claims ON clusters (claims DESC, id) WHERE claims >= 32;
