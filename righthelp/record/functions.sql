-- To whom a document was issued: to this worker of an agency, or to the agency, or a worker of it, that whoever looks
-- leads. What went to an agency with no worker named is for its leads: a child is not told of to a whole school. The
-- ledger is itself seen through the document, so that neither policy can ask the other: this looks as the owner.
CREATE OR REPLACE FUNCTION document_reached(which uuid, of_agency uuid, who uuid, leads boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN EXISTS (
    SELECT 1 FROM issue
    WHERE document_id = which AND agency_id = of_agency AND (worker_id = who OR leads)
); END $$;

-- All work that a team holds, with who holds it and, where it may be quiet, when a step of it was last recorded: numbers
-- and moments and nothing else. Which of it somebody sees is asked of its entry, under the viewer's own locks, and once:
-- a holding and an event are seen with their entry, and to ask that of each again took longer than all the rest.
CREATE OR REPLACE FUNCTION work_that_is_held(teams uuid[], quiet_since timestamptz) RETURNS TABLE (
    entry uuid, team uuid, worker uuid, quiet_from timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN QUERY
    SELECT holding.entry_id, holding.team_id, holding.worker_id,
        CASE WHEN holding.since < quiet_since THEN (  -- to take it over is a step, too
            SELECT recorded_at FROM timeline_event
            WHERE timeline_event.entry_id = holding.entry_id ORDER BY recorded_at DESC LIMIT 1
        ) END
    FROM holding WHERE holding.until IS NULL AND (teams IS NULL OR holding.team_id = ANY (teams));
END $$;
