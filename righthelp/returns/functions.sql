-- What the record holds of one child for the Children in Need Census, in one answer; nothing of whoever became another
-- record. Only a purpose may ask: it is asked within every step about a child, and under the policies of sixteen tables
-- the database took twenty times as long to plan the question as to answer it.
CREATE OR REPLACE FUNCTION cin_record(who uuid) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    child person;
    kinds varchar[];
    numbers json; coded json; kept json; referrals json; assessments json; enquiries json; conferences json;
    protection_plans json; plans json;
BEGIN
    IF viewer_purpose() IS NULL THEN RETURN NULL; END IF;
    SELECT * INTO child FROM person WHERE id = who AND became_id IS NULL;
    SELECT array_agg(DISTINCT kind) INTO kinds FROM case_entry WHERE person_id = who;
    IF child.id IS NULL OR NOT 'referral' = ANY (kinds) THEN RETURN NULL; END IF;
    SELECT json_agg(json_build_array(kind, value, until IS NULL, issuer) ORDER BY recorded_on, id) INTO numbers
        FROM identifier
        WHERE person_id = who AND wrong_on IS NULL AND kind IN ('LA_CHILD', 'UPN', 'FORMER_UPN');
    SELECT json_agg(json_build_array(kind, code) ORDER BY recorded_on, id) INTO coded
        FROM characteristic WHERE person_id = who AND until IS NULL;
    SELECT json_agg(json_build_array(kind, entry_id, content) ORDER BY id) INTO kept
        FROM kept_for_later WHERE person_id = who AND kind IN ('UPNunknown', 'PreProceedingsandFGDM');
    SELECT json_agg(json_build_object(
            'entry', one.entry_id, 'on', (one.received_at AT TIME ZONE 'Europe/London')::date,
            'source', one.return_source, 'told_by', COALESCE(contact.who_told, ''),
            'agency', COALESCE(agency.kind, ''), 'need', one.return_need, 'closed_on', one.closed_on,
            'reason', one.closure_reason, 'conference_on', one.initial_conference_on,
            'nfa', one.no_further_action, 'closed', one.state = 'CLOSED',
            'ours', one.contact_id IS NOT NULL)) INTO referrals
        FROM case_entry entry JOIN referral one ON one.entry_id = entry.id
        LEFT JOIN contact ON contact.entry_id = one.contact_id LEFT JOIN agency ON agency.id = contact.from_agency_id
        WHERE entry.person_id = who AND entry.kind = 'referral';
    IF 'assessment' = ANY (kinds) THEN
        SELECT json_agg(json_build_object(
                'entry', one.entry_id, 'referral', one.referral_id,
                'on', (one.started_at AT TIME ZONE 'Europe/London')::date, 'review_on', one.internal_review_on,
                'authorised_on', (one.authorised_at AT TIME ZONE 'Europe/London')::date, 'factors', one.factors,
                'loaded', one.is_loaded IS TRUE,
                'stopped', one.state = 'STOPPED' AND one.is_loaded IS NOT TRUE)) INTO assessments
            FROM case_entry entry JOIN assessment one ON one.entry_id = entry.id
            WHERE entry.person_id = who AND entry.kind = 'assessment' AND one.of_kind = 'CHILD_AND_FAMILY';
    END IF;
    IF 'section_47' = ANY (kinds) THEN
        SELECT json_agg(json_build_object(
                'entry', one.entry_id, 'referral', COALESCE(one.referral_id, assessment.referral_id),
                'on', one.started_on, 'conference', one.conference, 'due_on', one.conference_due_on,
                'held_on', one.conference_held_on, 'ours', one.discussion_id IS NOT NULL)) INTO enquiries
            FROM case_entry entry JOIN section_47 one ON one.entry_id = entry.id
            LEFT JOIN strategy_discussion discussion ON discussion.entry_id = one.discussion_id
            LEFT JOIN assessment ON assessment.entry_id = discussion.assessment_id
            WHERE entry.person_id = who AND entry.kind = 'section_47';
    END IF;
    IF 'child_protection_conference' = ANY (kinds) THEN
        SELECT json_agg(json_build_object(
                'entry', one.entry_id, 'enquiry', one.enquiry_id, 'plan', one.plan_id, 'kind', one.kind_of,
                'on', (one.held_at AT TIME ZONE 'Europe/London')::date)) INTO conferences
            FROM case_entry entry JOIN child_protection_conference one ON one.entry_id = entry.id
            WHERE entry.person_id = who AND entry.kind = 'child_protection_conference' AND one.held_at IS NOT NULL;
    END IF;
    IF 'child_protection_plan' = ANY (kinds) THEN
        SELECT json_agg(json_build_object(
                'entry', one.entry_id, 'referral', one.referral_id, 'enquiry', conference.enquiry_id,
                'on', one.started_on, 'until', one.ended_on, 'category', one.category, 'latest', one.latest_category,
                'previous', one.previous_plans, 'reviews', one.review_dates)) INTO protection_plans
            FROM case_entry entry JOIN child_protection_plan one ON one.entry_id = entry.id
            LEFT JOIN child_protection_conference conference ON conference.entry_id = one.conference_id
            WHERE entry.person_id = who AND entry.kind = 'child_protection_plan';
    END IF;
    IF 'family_help' = ANY (kinds) THEN
        SELECT json_agg(json_build_object(
                'entry', one.entry_id, 'referral', COALESCE(one.referral_id, assessment.referral_id),
                'on', one.section_17_from, 'until', one.section_17_until,
                'levels', (SELECT json_agg(json_build_array(was.level, was.since_on) ORDER BY was.number)
                           FROM family_help_level was WHERE was.help_id = one.entry_id))) INTO plans
            FROM case_entry entry JOIN family_help one ON one.entry_id = entry.id
            LEFT JOIN assessment ON assessment.entry_id = one.assessment_id
            WHERE entry.person_id = who AND entry.kind = 'family_help' AND one.section_17_from IS NOT NULL;
    END IF;
    RETURN json_build_object(
        'born_on', child.born_on, 'expected_on', child.expected_on, 'died_on', child.died_on, 'sex', child.sex,
        'numbers', numbers, 'characteristics', coded, 'kept', kept, 'referrals', referrals,
        'assessments', assessments, 'enquiries', enquiries, 'conferences', conferences,
        'protection_plans', protection_plans, 'plans', plans);
END $$;
