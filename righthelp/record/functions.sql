-- To whom a document was issued: to this worker of an agency; to an agency with no worker named, and so to each of its
-- workers; or to a worker of the agency that whoever looks leads. The ledger is itself seen through the document, so
-- that neither policy can ask the other: this looks as the owner.
CREATE OR REPLACE FUNCTION document_reached(which uuid, of_agency uuid, who uuid, leads boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN EXISTS (
    SELECT 1 FROM issue
    WHERE document_id = which AND agency_id = of_agency AND (worker_id IS NULL OR worker_id = who OR leads)
); END $$;
