-- +goose Up
-- What resolution compares is kept as lines of kind, value and, above one,
-- count, with tabs between: it is read for every comparison.
UPDATE local_traits SET traits = (SELECT coalesce(group_concat(substr(value, 1, instr(value, ' ') - 1) || char(9)
    || replace(replace(substr(value, instr(value, ' ') + 1), char(9), ' '), char(10), ' '), char(10)), '') FROM json_each(traits));
UPDATE profiles SET traits = (SELECT coalesce(group_concat((value ->> 'kind') || char(9)
    || replace(replace(value ->> 'value', char(9), ' '), char(10), ' ')
    || CASE WHEN value ->> 'count' > 1 THEN char(9) || (value ->> 'count') ELSE '' END, char(10)), '') FROM json_each(traits));

-- Only forgetting a document looked names up by this index, and each new name
-- wrote a page of it.
DROP INDEX local_names_folded;
