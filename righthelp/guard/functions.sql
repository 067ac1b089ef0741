-- What the database knows of who is looking. The viewer's number is set for one transaction (`viewers.looking`);
-- all else is read from the tables, so that a role that ended yesterday opens nothing today.
-- The functions run as the owner: the tables they read are themselves guarded by what they answer.
--
-- Those that read tables are in PL/pgSQL, because the server keeps the plans of what such a function asks; a function
-- in SQL that runs as the owner is planned anew in every query that some policy puts it into, several times over.

CREATE OR REPLACE FUNCTION viewer_named() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('righthelp.worker', true), '')::uuid
$$;

CREATE OR REPLACE FUNCTION viewer_purpose() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('righthelp.purpose', true), '')
$$;

CREATE OR REPLACE FUNCTION viewer_is_public() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('righthelp.public', true), '') = 'yes'
$$;

CREATE OR REPLACE FUNCTION in_force(since date, until date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT since <= (now() AT TIME ZONE 'Europe/London')::date
        AND (until IS NULL OR until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;

CREATE OR REPLACE FUNCTION viewer_roles() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN (
    SELECT coalesce(array_agg(DISTINCT appointment.role::text), '{}')
    FROM appointment JOIN worker ON worker.id = appointment.worker_id
    WHERE worker.id = viewer_named()
        AND in_force(worker.since, worker.until) AND in_force(appointment.since, appointment.until)
); END $$;

-- Who looks: nobody, once they hold no role.
CREATE OR REPLACE FUNCTION viewer_worker() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN viewer_roles() <> '{}' THEN viewer_named() END
$$;

CREATE OR REPLACE FUNCTION viewer_agency() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN (
    SELECT agency_id FROM worker WHERE id = (SELECT viewer_worker()) AND in_force(since, until)
); END $$;

CREATE OR REPLACE FUNCTION viewer_is_county() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT viewer_roles() && {county}
$$;

CREATE OR REPLACE FUNCTION viewer_works_with_children() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT viewer_roles() && {works_with_children}
$$;

-- Who may open a child's record, and not only what is in hand at the front door.
CREATE OR REPLACE FUNCTION viewer_opens_children() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT viewer_roles() && {opens_children}
$$;

-- The kinds of entry to which a role that opens no child is kept.
CREATE OR REPLACE FUNCTION viewer_kept_to() RETURNS text[] LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (
    SELECT coalesce(array_agg(DISTINCT kept.kind), '{}')
    FROM (VALUES {kept_to}) AS kept (role, kind) WHERE kept.role = ANY (viewer_roles())
); END $$;

CREATE OR REPLACE FUNCTION viewer_leads() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT viewer_roles() && {leads}
$$;

-- Locked circles that the viewer may open: as a member, or by an emergency opening that has not closed.
CREATE OR REPLACE FUNCTION viewer_circles() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN (
    SELECT coalesce(array_agg(circle_id), '{}') FROM (
        SELECT circle_id FROM circle_member WHERE worker_id = (SELECT viewer_worker()) AND in_force(since, until)
        UNION
        SELECT circle_id FROM opening WHERE worker_id = (SELECT viewer_worker()) AND now() BETWEEN opened_at AND closes_at
    ) open_to_viewer
); END $$;

-- Whether a locked circle keeps somebody from whoever may open these circles and no other.
CREATE OR REPLACE FUNCTION kept_from_holders_of(circles uuid[], who uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    locked_to uuid;
BEGIN
    SELECT circle_id INTO locked_to FROM person WHERE id = who;
    RETURN locked_to IS NOT NULL AND NOT (locked_to = ANY (circles));
END $$;

-- And from the viewer.
CREATE OR REPLACE FUNCTION kept_from_viewer(who uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    locked_to uuid;
BEGIN
    SELECT circle_id INTO locked_to FROM person WHERE id = who;
    RETURN locked_to IS NOT NULL AND NOT (locked_to = ANY (viewer_circles()));
END $$;

-- Whether somebody answers for the practice of a worker: who manages a team in which the worker manages nothing, or who
-- answers for every worker. Nobody answers for their own.
CREATE OR REPLACE FUNCTION answers_for(manager uuid, who uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN manager <> who AND (
    EXISTS (
        SELECT 1 FROM appointment WHERE worker_id = manager AND in_force(since, until)
        AND role = ANY ({answers_for_all})
    ) OR EXISTS (
        SELECT 1 FROM appointment mine JOIN appointment theirs ON theirs.team_id = mine.team_id
        WHERE mine.worker_id = manager AND in_force(mine.since, mine.until) AND mine.role = ANY ({manages})
        AND theirs.worker_id = who AND in_force(theirs.since, theirs.until)
        AND NOT EXISTS (
            SELECT 1 FROM appointment alike WHERE alike.worker_id = who AND alike.team_id = mine.team_id
            AND in_force(alike.since, alike.until) AND alike.role = ANY ({manages})
        )
    )
); END $$;

-- A word that is another when other people are locked.
CREATE OR REPLACE FUNCTION who_is_locked() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN (
    SELECT md5(coalesce(string_agg(id::text || circle_id::text, '' ORDER BY id), ''))
    FROM person WHERE circle_id IS NOT NULL
); END $$;

-- All of it in one row, for the first lock.
DROP FUNCTION IF EXISTS viewer_facts();
CREATE FUNCTION viewer_facts() RETURNS TABLE (
    name text, agency uuid, agency_name text, roles text[], teams uuid[], managed_teams uuid[], circles uuid[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT worker.name::text, agency.id, agency.name::text, viewer_roles(),
        coalesce((SELECT array_agg(DISTINCT team_id) FROM appointment
            WHERE worker_id = worker.id AND team_id IS NOT NULL AND in_force(since, until)), '{}'),
        coalesce((SELECT array_agg(DISTINCT team_id) FROM appointment
            WHERE worker_id = worker.id AND team_id IS NOT NULL AND in_force(since, until)
            AND role = ANY ({manages})), '{}'),
        viewer_circles()
    FROM worker JOIN agency ON agency.id = worker.agency_id
    WHERE worker.id = (SELECT viewer_worker()) AND in_force(worker.since, worker.until);
END $$;

-- The trigger library lets whoever sets a session variable pass over its triggers. The audit is not to be passed over
-- by anybody; and asking the variable for every row cost more than writing the row.
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT false
$$;
