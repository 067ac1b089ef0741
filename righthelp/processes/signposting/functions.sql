-- How many families were pointed to each service since a day: a number and nothing else, so that a service may know it
-- and never whom.
CREATE OR REPLACE FUNCTION pointed_since(first date) RETURNS TABLE (service uuid, families bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT service_id, count(*) FROM signposting
    WHERE service_id IS NOT NULL AND pointed_at >= first GROUP BY service_id
$$;
