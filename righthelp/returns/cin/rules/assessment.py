"""Rules about assessments and the factors found in them."""

from __future__ import annotations

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.closing import AFTER_ASSESSMENT
from righthelp.returns.cin.rules.codes import codes
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.together import Stretch, begun_during_another
from righthelp.returns.cin.tables import Tables

NO_FACTORS = "21"
_LONGEST = 45  # working days


@rule(
    "1103",
    module="Assessments",
    fields="AssessmentActualStartDate CINreferralDate",
    message="The assessment start date cannot be before the referral date",
    mend="Check both dates: an assessment cannot begin before the referral that led to it.",
)
def begun_before_referral(tables: Tables, census: Census) -> Broken:
    return [
        assessment
        for assessment in tables.assessments
        if (started := assessment.started_on) and (referred := assessment.episode.referred_on) and started < referred
    ]


@rule(
    "8608",
    module="Assessments",
    fields="AssessmentActualStartDate AssessmentAuthorisationDate",
    message="Assessment Start Date cannot be later than its End Date",
    mend="Check both dates: an assessment cannot end before it began.",
)
def ended_before_it_began(tables: Tables, census: Census) -> Broken:
    return [
        assessment
        for assessment in tables.assessments
        if (ended := assessment.authorised_on) and (started := assessment.started_on) and started > ended
    ]


@rule(
    "8614",
    module="Assessments",
    fields="AssessmentFactors AssessmentAuthorisationDate",
    message="Parental or child factors at assessment should only be present for a completed assessment.",
    mend="Factors are recorded when an assessment is finished. Record the day on which it was, or take them out.",
)
def factors_too_early(tables: Tables, census: Census) -> Broken:
    return [assessment for assessment in tables.assessments if assessment.factors and assessment.authorised_on is None]


@rule(
    "8670Q",
    module="Assessments",
    fields="AssessmentActualStartDate AssessmentAuthorisationDate",
    message=(
        "Please check and either amend data or provide a reason: Assessment started more than 45 working days before"
        " the end of the census year. However, there is no Assessment end date."
    ),
    mend=(
        "This assessment has been open for more than 45 working days. Finish it if the work is done and record the day,"
        " or explain what keeps it open."
    ),
)
def long_open(tables: Tables, census: Census) -> Broken:
    still_open = [each for each in tables.assessments if each.authorised_on is None and each.started_on]
    if not still_open:
        return []
    first = census.working_days_before(census.asked_on, _LONGEST)
    return [assessment for assessment in still_open if assessment.started_on and assessment.started_on < first]


@rule(
    "8696",
    module="Assessments",
    fields="AssessmentAuthorisationDate",
    message="Assessment end date must fall within the census year",
    mend="Check the day on which the assessment ended. One that ended in another year belongs in that year's return.",
)
def ended_in_another_year(tables: Tables, census: Census) -> Broken:
    return [
        assessment
        for assessment in tables.assessments
        if assessment.authorised_on and not census.has(assessment.authorised_on)
    ]


@rule(
    "8736",
    module="Assessments",
    fields="AssessmentActualStartDate AssessmentAuthorisationDate",
    message="For an Assessment that has not been completed, the start date must fall within the census year",
    mend="This assessment is still open and did not begin in the last year. Check when it began, and whether it ended.",
)
def open_from_another_year(tables: Tables, census: Census) -> Broken:
    return [
        assessment
        for assessment in tables.assessments
        if assessment.authorised_on is None
        and (started := assessment.started_on)
        and not census.year_back <= started <= census.end
    ]


@rule(
    "8863Q",
    module="Assessments",
    fields="AssessmentActualStartDate AssessmentAuthorisationDate",
    message="An Assessment is shown as starting when there is another Assessment ongoing.",
    mend="An assessment began while another was under way. Check the dates, or put both together if they are one.",
)
def another_under_way(tables: Tables, census: Census) -> Broken:
    return begun_during_another(
        [
            Stretch(each, each.started_on, each.authorised_on or census.end)
            for each in episode.assessments
            if each.started_on
        ]
        for episode in tables.episodes
        if len(episode.assessments) > 1
    )


@rule(
    "8869",
    module="Assessments",
    fields="AssessmentFactors",
    message="The assessment factors code “21” cannot be used in conjunction with any other assessment factors.",
    mend="The assessment says both that no factors were found and that some were. Take the wrong ones out.",
)
def factors_and_none(tables: Tables, census: Census) -> Broken:
    return [
        assessment
        for assessment in tables.assessments
        if len(assessment.factors) > 1 and NO_FACTORS in assessment.factors and set(assessment.factors) != {NO_FACTORS}
    ]


@rule(
    "8873Q",
    module="Assessments",
    fields="AssessmentFactors ReasonForClosure",
    message=(
        "Please check and either amend data or provide a reason: When there is only one assessment on the episode and"
        " the factors code “21 No factors identified” has been used for the completed assessment, the reason for"
        " closure ‘RC8’ or 'RC9' should be used."
    ),
    mend=(
        "The only assessment found no factors, so the case is expected to end after assessment. Check the factors and"
        " the reason for closing, or explain what help was given."
    ),
)
def nothing_found_and_not_closed(tables: Tables, census: Census) -> Broken:
    """At the end of the year also of a case still open; at entry it may be closed yet."""
    return [
        assessment
        for assessment in tables.assessments
        if NO_FACTORS in assessment.factors
        and len(assessment.episode.assessments) == 1
        and assessment.episode.reason not in AFTER_ASSESSMENT
        and not (census.early and assessment.episode.closed_on is None)
    ]


@rule(
    "8896",
    module="Assessments",
    fields="AssessmentAuthorisationDate",
    message="Within one CINDetails group there are 2 or more open Assessments groups",
    mend="The case has more than one open assessment. Record when the earlier ended, or put both together.",
)
def open_twice(tables: Tables, census: Census) -> Broken:
    return [
        assessment
        for episode in tables.episodes
        if len(episode.assessments) > 1
        and len(still_open := [each for each in episode.assessments if each.authorised_on is None]) > 1
        for assessment in still_open
    ]


@rule(
    "8897Q",
    module="Assessments",
    fields="AssessmentFactors AssessmentAuthorisationDate",
    message="Parental or child factors at assessment information is missing from a completed assessment",
    mend="Record the factors that the finished assessment found, each from the list, or that there were none.",
)
def no_factors_said(tables: Tables, census: Census) -> Broken:
    known = codes("assessment_factors")
    return [
        assessment
        for assessment in tables.assessments
        if assessment.authorised_on
        and not (assessment.factors and known.issuperset(assessment.factors))
        and assessment.authorised_on >= census.start
    ]


@rule(
    "8898",
    module="Assessments",
    fields="AssessmentFactors",
    message="The assessment has more than one parental or child factors with the same code",
    mend="The same factor stands twice in the assessment. Take one of them out.",
)
def factor_twice(tables: Tables, census: Census) -> Broken:
    return [
        assessment
        for assessment in tables.assessments
        if len(assessment.factors) > 1 and len(set(assessment.factors)) < len(assessment.factors)
    ]
