"""Rules about section 47 enquiries and the initial child protection conference that may follow.

The date of an initial conference stands with the enquiries that led to it, or with the case where there were none. What
is asked of that date is asked of it wherever it stands.
"""

from __future__ import annotations

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.together import Stretch, begun_during_another, conferences
from righthelp.returns.cin.tables import Enquiry, Tables

_SATURDAY = 5
_LONGEST = 15  # working days


def _without_conference(enquiry: Enquiry) -> bool:
    return enquiry.conference_on is None and not enquiry.not_required


@rule(
    "1104",
    module="Section47",
    fields="DateOfInitialCPC CINreferralDate",
    message="The date of the initial child protection conference cannot be before the referral date",
    mend="Check both dates: an initial conference cannot come before the referral that led to it.",
)
def conference_before_referral(tables: Tables, census: Census) -> Broken:
    return [
        row
        for row, held in conferences(tables)
        if (referred := (row.episode if isinstance(row, Enquiry) else row).referred_on) and held < referred
    ]


@rule(
    "2884",
    module="Section47",
    fields="DateOfInitialCPC",
    message=(
        "An initial child protection conference is recorded at both the S47 and CIN Details level and it should only"
        " be recorded in one"
    ),
    mend=(
        "One initial conference is recorded twice: with the enquiries and with the case. Leave it with the enquiries"
        " that led to it, and take the other out."
    ),
)
def conference_twice(tables: Tables, census: Census) -> Broken:
    with_case = {(episode.child, episode.conference_on) for episode in tables.episodes if episode.conference_on}
    if not with_case:
        return []
    return [enquiry for enquiry in tables.enquiries if (enquiry.episode.child, enquiry.conference_on) in with_case]


@rule(
    "2889",
    module="Section47",
    fields="S47ActualStartDate CINreferralDate",
    message="The S47 start date cannot be before the referral date.",
    mend="Check both dates: section 47 enquiries cannot begin before the referral that led to them.",
)
def begun_before_referral(tables: Tables, census: Census) -> Broken:
    return [
        enquiry
        for enquiry in tables.enquiries
        if (started := enquiry.started_on) and (referred := enquiry.episode.referred_on) and started < referred
    ]


@rule(
    "2991Q",
    module="CINdetails",
    fields="Assessments Section47",
    message=(
        "Please check and either amend data or provide a reason: A Section 47 module is recorded and there is no"
        " assessment on the episode"
    ),
    mend="Section 47 enquiries were made and no assessment is recorded. Record it, or explain why there was none.",
)
def no_assessment(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.enquiries and not episode.assessments]


@rule(
    "8615",
    module="Section47",
    fields="S47ActualStartDate DateOfInitialCPC",
    message=(
        "Section 47 Enquiry Start Date must be present and cannot be later than the date of the initial Child"
        " Protection Conference"
    ),
    mend="Record when the enquiries began. They cannot begin after the initial conference that they led to.",
)
def begun_after_conference(tables: Tables, census: Census) -> Broken:
    return [
        enquiry
        for enquiry in tables.enquiries
        if enquiry.started_on is None or (enquiry.conference_on and enquiry.started_on > enquiry.conference_on)
    ]


@rule(
    "8675Q",
    module="Section47",
    fields="DateOfInitialCPC S47ActualStartDate ICPCnotRequired",
    message=(
        "Please check and either amend data or provide a reason: S47 Enquiry started more than 15 working days before"
        " the end of the census year. However, there is no date of Initial Child Protection Conference."
    ),
    mend=(
        "These enquiries began more than 15 working days ago. Record the date of the initial conference, or that none"
        " was needed; or explain what keeps them open."
    ),
)
def long_open(tables: Tables, census: Census) -> Broken:
    still_open = [each for each in tables.enquiries if _without_conference(each) and each.started_on]
    if not still_open:
        return []
    first = census.working_days_before(census.asked_on, _LONGEST)
    return [enquiry for enquiry in still_open if enquiry.started_on and enquiry.started_on < first]


@rule(
    "8715",
    module="Section47",
    fields="DateOfInitialCPC",
    message="Date of Initial Child Protection Conference must fall within the census year",
    mend="Check the date of the initial conference. One held in another year belongs in that year's return.",
)
def conference_in_another_year(tables: Tables, census: Census) -> Broken:
    return [row for row, held in conferences(tables) if not census.has(held)]


@rule(
    "8740",
    module="Section47",
    fields="S47ActualStartDate DateOfInitialCPC ICPCnotRequired",
    message=(
        "For a Section 47 Enquiry that has not held the Initial Child Protection Conference by the end of the census"
        " year, the start date must fall within the census year"
    ),
    mend=(
        "These enquiries are still open and did not begin in the last year. Check when they began, and record the"
        " conference, or that none was needed."
    ),
)
def open_from_another_year(tables: Tables, census: Census) -> Broken:
    return [
        enquiry
        for enquiry in tables.enquiries
        if _without_conference(enquiry)
        and (started := enquiry.started_on)
        and not census.year_back <= started <= census.end
    ]


@rule(
    "8839",
    module="Section47",
    fields="DateOfInitialCPC ICPCnotRequired",
    message="Within one CINDetails group there are 2 or more open S47 Assessments",
    mend=(
        "The case has section 47 enquiries open twice. Record for the earlier the conference, or that none was needed;"
        " or put both together."
    ),
)
def open_twice(tables: Tables, census: Census) -> Broken:
    return [
        enquiry
        for episode in tables.episodes
        if len(episode.enquiries) > 1
        and len(still_open := [each for each in episode.enquiries if _without_conference(each)]) > 1
        for enquiry in still_open
    ]


@rule(
    "8870Q",
    module="Section47",
    fields="InitialCPCtarget",
    message=(
        "Please check and either amend or provide a reason: The Target Date for Initial Child Protection Conference"
        " should not be a weekend"
    ),
    mend="Check the day by which the initial conference was due: it is a Saturday or a Sunday.",
)
def due_at_a_weekend(tables: Tables, census: Census) -> Broken:
    return [enquiry for enquiry in tables.enquiries if enquiry.target_on and enquiry.target_on.weekday() >= _SATURDAY]


@rule(
    "8875",
    module="Section47",
    fields="DateOfInitialCPC",
    message="The Date of Initial Child Protection Conference cannot be a weekend",
    mend="Check the date of the initial conference: it is a Saturday or a Sunday.",
)
def conference_at_a_weekend(tables: Tables, census: Census) -> Broken:
    return [row for row, held in conferences(tables) if held.weekday() >= _SATURDAY]


@rule(
    "8890",
    module="CINdetails",
    fields="S47ActualStartDate DateOfInitialCPC",
    message="A Section 47 enquiry is shown as starting when there is another Section 47 Enquiry ongoing",
    mend="Section 47 enquiries began while others were under way. Check the dates, or put both together.",
)
def begun_during_others(tables: Tables, census: Census) -> Broken:
    """Enquiries after which no conference was needed have no last day, and so stand in the way of no others."""
    return begun_during_another(
        [
            Stretch(each, each.started_on, each.conference_on or (None if each.not_required else census.end))
            for each in episode.enquiries
            if each.started_on
        ]
        for episode in tables.episodes
        if len(episode.enquiries) > 1
    )
