-- To whom a document was issued: to this worker of an agency, or to the agency, or a worker of it, that whoever looks
-- leads. What went to an agency with no worker named is for its leads: a child is not told of to a whole school. The ledger is itself seen through the document, so
-- that neither policy can ask the other: this looks as the owner.
CREATE OR REPLACE FUNCTION document_reached(which uuid, of_agency uuid, who uuid, leads boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN EXISTS (
    SELECT 1 FROM issue
    WHERE document_id = which AND agency_id = of_agency AND (worker_id = who OR leads)
); END $$;
