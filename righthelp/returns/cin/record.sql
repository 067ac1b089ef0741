-- What the county's own record holds of children for the Children in Need Census: one row a child.
-- %(everybody)s: all whom somebody referred and whose referral was not closed before %(since)s; else those in %(people)s.
WITH wanted AS (
  SELECT unnest(%(people)s::uuid[]) AS person_id WHERE NOT %(everybody)s
  UNION
  SELECT entry.person_id
  FROM referral JOIN case_entry entry ON entry.id = referral.entry_id
  WHERE %(everybody)s AND entry.person_id IS NOT NULL
    AND (referral.closed_on IS NULL OR referral.closed_on >= %(since)s)
)
SELECT
  person.id,
  person.born_on,
  person.expected_on,
  person.died_on,
  person.sex,
  ARRAY(SELECT ARRAY[kind, value, CASE WHEN until IS NULL THEN 'now' ELSE 'ended' END, issuer]
        FROM identifier
        WHERE person_id = person.id AND wrong_on IS NULL AND kind IN ('LA_CHILD', 'UPN', 'FORMER_UPN')
        ORDER BY recorded_on, id) AS numbers,
  ARRAY(SELECT ARRAY[kind, code] FROM characteristic
        WHERE person_id = person.id AND until IS NULL ORDER BY recorded_on, id) AS characteristics,
  ARRAY(SELECT ARRAY[kind, COALESCE(entry_id::text, ''), content] FROM kept_for_later
        WHERE person_id = person.id AND kind IN ('UPNunknown', 'PreProceedingsandFGDM') ORDER BY id) AS kept,
  (SELECT json_agg(json_build_object(
     'entry', row.entry_id, 'on', (row.received_at AT TIME ZONE 'Europe/London')::date, 'source', row.return_source,
     'told_by', COALESCE(contact.who_told, ''), 'agency', COALESCE(agency.kind, ''), 'need', row.return_need,
     'closed_on', row.closed_on, 'reason', row.closure_reason, 'conference_on', row.initial_conference_on,
     'nfa', row.no_further_action, 'closed', row.state = 'CLOSED'))
   FROM case_entry entry JOIN referral row ON row.entry_id = entry.id
   LEFT JOIN contact ON contact.entry_id = row.contact_id
   LEFT JOIN agency ON agency.id = contact.from_agency_id
   WHERE entry.person_id = person.id AND entry.kind = 'referral') AS referrals,
  (SELECT json_agg(json_build_object(
     'entry', row.entry_id, 'referral', row.referral_id,
     'on', (row.started_at AT TIME ZONE 'Europe/London')::date, 'review_on', row.internal_review_on,
     'authorised_on', (row.authorised_at AT TIME ZONE 'Europe/London')::date, 'factors', row.factors,
     'loaded', row.is_loaded IS TRUE,
     'stopped', row.state = 'STOPPED' AND row.is_loaded IS NOT TRUE))
   FROM case_entry entry JOIN assessment row ON row.entry_id = entry.id
   WHERE entry.person_id = person.id AND entry.kind = 'assessment' AND row.of_kind = 'CHILD_AND_FAMILY') AS assessments,
  (SELECT json_agg(json_build_object(
     'entry', row.entry_id, 'referral', COALESCE(row.referral_id, assessment.referral_id), 'on', row.started_on,
     'conference', row.conference, 'due_on', row.conference_due_on, 'held_on', row.conference_held_on,
     'ours', row.discussion_id IS NOT NULL))
   FROM case_entry entry JOIN section_47 row ON row.entry_id = entry.id
   LEFT JOIN strategy_discussion discussion ON discussion.entry_id = row.discussion_id
   LEFT JOIN assessment ON assessment.entry_id = discussion.assessment_id
   WHERE entry.person_id = person.id AND entry.kind = 'section_47') AS enquiries,
  (SELECT json_agg(json_build_object(
     'entry', row.entry_id, 'enquiry', row.enquiry_id, 'plan', row.plan_id, 'kind', row.kind_of,
     'on', (row.held_at AT TIME ZONE 'Europe/London')::date))
   FROM case_entry entry JOIN child_protection_conference row ON row.entry_id = entry.id
   WHERE entry.person_id = person.id AND entry.kind = 'child_protection_conference'
     AND row.held_at IS NOT NULL) AS conferences,
  (SELECT json_agg(json_build_object(
     'entry', row.entry_id, 'referral', COALESCE(row.referral_id, enquiry.referral_id, assessment.referral_id),
     'enquiry', enquiry.entry_id, 'on', row.started_on, 'until', row.ended_on, 'category', row.category,
     'latest', row.latest_category, 'previous', row.previous_plans, 'reviews', row.review_dates))
   FROM case_entry entry JOIN child_protection_plan row ON row.entry_id = entry.id
   LEFT JOIN child_protection_conference conference ON conference.entry_id = row.conference_id
   LEFT JOIN section_47 enquiry ON enquiry.entry_id = conference.enquiry_id
   LEFT JOIN strategy_discussion discussion ON discussion.entry_id = enquiry.discussion_id
   LEFT JOIN assessment ON assessment.entry_id = discussion.assessment_id
   WHERE entry.person_id = person.id AND entry.kind = 'child_protection_plan') AS protection_plans,
  (SELECT json_agg(json_build_object(
     'entry', row.entry_id, 'referral', COALESCE(row.referral_id, assessment.referral_id),
     'on', row.section_17_from, 'until', row.section_17_until,
     'levels', (SELECT json_agg(json_build_array(level.level, level.since_on) ORDER BY level.number)
                FROM family_help_level level WHERE level.help_id = row.entry_id)))
   FROM case_entry entry JOIN family_help row ON row.entry_id = entry.id
   LEFT JOIN assessment ON assessment.entry_id = row.assessment_id
   WHERE entry.person_id = person.id AND entry.kind = 'family_help' AND row.section_17_from IS NOT NULL) AS plans
FROM wanted JOIN person ON person.id = wanted.person_id
WHERE person.became_id IS NULL
ORDER BY person.id
