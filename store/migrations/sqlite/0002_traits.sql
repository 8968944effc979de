-- +goose Up
-- What resolution knows of a local entity is a JSON list of "kind value": the
-- table was a third of a store of rows.
UPDATE local_traits SET traits = coalesce((SELECT json_group_array((k.value ->> 'kind') || ' ' || (k.value ->> 'value'))
    FROM json_each(local_traits.traits) k), '[]') WHERE traits LIKE '[{%';
