-- Who is found by what was told: numbers of people and nothing else; who they are is read under the viewer's own locks.
--
-- Each way in reads few rows, however many people there are: a number; a date of birth with either name; a postcode;
-- both names as they sound; both names nearly as they are spelt. `spelt` are the names just as they were written.
DROP FUNCTION IF EXISTS people_sharing(text[], integer);
CREATE OR REPLACE FUNCTION people_found(
    numbers varchar[], born varchar[], places varchar[], together varchar[], family varchar[], given varchar[],
    spelt varchar[], most integer
) RETURNS TABLE (person uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    names varchar[] := family || given;
    wanted varchar[] := numbers || born || places || together || names;
    dated boolean := cardinality(born) > 0;
    fully_named boolean := cardinality(family) > 0 AND cardinality(given) > 0;
BEGIN
    RETURN QUERY
    WITH born_then AS MATERIALIZED (
        SELECT person_id, keys FROM search_key WHERE dated AND keys && born
    ), found AS (
        (SELECT person_id, keys FROM search_key WHERE cardinality(numbers) > 0 AND keys && numbers LIMIT most)
        UNION ALL
        -- Whoever came with a return has no name, and so none that could agree: keys are kept in order, and the
        -- spellings of names stand last.
        SELECT person_id, keys FROM born_then
            WHERE cardinality(names) = 0 OR keys && names OR left(keys[cardinality(keys)], 1) NOT IN ('x', 'y')
        UNION ALL
        (SELECT person_id, keys FROM search_key WHERE cardinality(places) > 0 AND keys && places LIMIT 200)
        UNION ALL
        -- With a date of birth, others of the same names are worth a look, but not the thousandth of them.
        (SELECT person_id, keys FROM search_key WHERE cardinality(together) > 0 AND keys && together
            LIMIT CASE WHEN dated THEN 40 ELSE 400 END)
        UNION ALL
        (SELECT person_id, keys FROM search_key WHERE NOT dated AND fully_named AND keys && family AND keys && given
            ORDER BY keys && spelt DESC LIMIT 400)
        UNION ALL
        (SELECT person_id, keys FROM search_key
            WHERE NOT dated AND NOT fully_named AND cardinality(names) > 0 AND keys && names
            ORDER BY keys && spelt DESC LIMIT 400)
    ), once AS (
        SELECT DISTINCT ON (person_id) person_id, keys FROM found
    )
    SELECT person_id FROM once
    ORDER BY cardinality(ARRAY(SELECT unnest(keys) INTERSECT SELECT unnest(wanted))) DESC, person_id
    LIMIT most;
END
$$;
