"""Rules about several episodes of one child: only the last may be open, and none may overlap."""

from __future__ import annotations

from datetime import date

from righthelp.returns.cin.rules.census import Census, day_before
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.together import Stretch, begun_during_another
from righthelp.returns.cin.tables import Child, Episode, Tables


def _several(tables: Tables) -> list[Child]:
    return [child for child in tables.children if len(child.episodes) > 1]


def _going_on(episode: Episode) -> bool:
    return episode.closed_on is None and episode.nfa is False


@rule(
    "8815",
    module="CINdetails",
    fields="CINclosureDate ReferralNFA",
    message=(
        "More than one open CIN Details episode (a module with no CIN Closure Date) has been provided for this child"
        " and case is not a referral with no further action."
    ),
    mend=(
        "The child has more than one open case. Close the one in which help has ended, or put both together if they are"
        " one."
    ),
)
def open_twice(tables: Tables, census: Census) -> Broken:
    return [
        episode
        for child in _several(tables)
        if len(going_on := [each for each in child.episodes if _going_on(each)]) > 1
        for episode in going_on
    ]


@rule(
    "8816",
    module="CINdetails",
    fields="CINclosureDate CINreferralDate ReferralNFA",
    message=(
        "An open CIN episode is shown and case is not a referral with no further action, but it is not the latest"
        " episode."
    ),
    mend="A later referral came while this case was open. Close this case if help in it has ended, or check the dates.",
)
def open_and_not_the_last(tables: Tables, census: Census) -> Broken:
    return [
        episode
        for child in _several(tables)
        if (last := max((each.referred_on for each in child.episodes if each.referred_on), default=None))
        for episode in child.episodes
        if _going_on(episode) and episode.referred_on and episode.referred_on < last
    ]


@rule(
    "8820",
    module="CINdetails",
    fields="CINreferralDate CINclosureDate",
    message="The dates on the CIN episodes for this child overlap",
    mend=(
        "This referral came while another case of the child was open. Check when the other case ended, or put both"
        " together if they are one."
    ),
)
def overlapping(tables: Tables, census: Census) -> Broken:
    """A referral may come on the very day on which the one before it was closed."""
    return begun_during_another(
        [Stretch(each, each.referred_on, _last_day(each, census)) for each in child.episodes if each.referred_on]
        for child in _several(tables)
    )


def _last_day(episode: Episode, census: Census) -> date | None:
    if episode.closed_on:
        return day_before(episode.closed_on)
    return census.end if episode.nfa is False else None
