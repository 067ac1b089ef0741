-- People who share any of these keys, those who share most first. It gives numbers and nothing else: who they are is
-- read under the viewer's own locks.
CREATE OR REPLACE FUNCTION people_sharing(wanted text[], most integer) RETURNS TABLE (person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT person_id FROM search_key WHERE keys && wanted::varchar[]
    ORDER BY cardinality(ARRAY(SELECT unnest(keys) INTERSECT SELECT unnest(wanted))) DESC, person_id
    LIMIT most
$$;
