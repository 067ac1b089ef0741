"""Referrals, how cases end, and several cases of one child."""

from __future__ import annotations

from righthelp.returns.cin.rules.tests.building import (
    assessment,
    child,
    closed,
    enquiry,
    episode,
    nothing_followed,
    plan,
    protection,
)
from righthelp.returns.cin.rules.tests.example import Example, of_child

EXAMPLES: list[Example] = [
    of_child("8600", child(episode(referred_on=None)), child(episode(referred_on="2026-03-31"))),
    of_child("8600", child(episode(referred_on="2026-04-01")), child(episode())),
    of_child("8866", child(episode(source=None)), child(episode(source="10"))),
    of_child(
        "8866", child(episode(source="99")), child(episode(source=None, referred_on="2013-03-31"), born_on="2012-03-05")
    ),
    of_child("8610", child(episode(need=None)), child(nothing_followed(need=None))),
    of_child("8650", child(episode(need="N99")), child(episode(need="N0"))),
    of_child("8568", child(episode(nfa=None)), child(episode(nfa=False))),
    of_child(  # 31 March 2025 is a Monday: one working day before the census year began
        "8569Q",
        child(nothing_followed(referred_on="2025-03-30")),
        child(nothing_followed(referred_on="2025-03-31")),
    ),
    of_child("8831", child(nothing_followed(assessment())), child(nothing_followed())),
    of_child("8831", child(nothing_followed(conference_on="2025-06-16")), child(episode(conference_on="2025-06-16"))),
    of_child("4000", child(nothing_followed(plan())), child(episode(plan()))),
    of_child(
        "8832",
        child(nothing_followed(protection(started_on="2024-06-17"), referred_on="2025-05-06")),
        child(nothing_followed()),
        also="1105",
    ),
    of_child("8620", child(closed(closed_on="2026-04-01")), child(closed(closed_on="2026-03-31"))),
    of_child("8630", child(closed(closed_on="2025-05-05")), child(closed(closed_on="2025-05-06"))),
    of_child("8640", child(closed(reason="RC99")), child(closed(reason="RC1"))),
    of_child("8805", child(closed(reason=None)), child(closed())),
    of_child("8810", child(episode(reason="RC7")), child(episode())),
    of_child("8825Q", child(closed(reason="RC9")), child(closed(assessment(), reason="RC9"))),
    of_child(
        "2990",
        child(closed(assessment(), plan(ended_on="2025-11-28"), reason="RC8")),
        child(closed(assessment(), plan(ended_on="2025-11-28"), reason="RC7")),
    ),
    of_child(
        "8867",
        child(closed(assessment(started_on="2025-11-28", authorised_on=None, factors=[]))),
        child(closed(assessment(started_on="2025-11-28", authorised_on="2025-12-01"))),
        also="8670Q",
    ),
    of_child(
        "8868",
        child(closed(assessment(), enquiry(started_on="2025-11-28", conference_on=None))),
        child(closed(assessment(), enquiry(started_on="2025-11-28", conference_on=None, not_required=True))),
        also="8675Q",
    ),
    of_child(
        "8565",
        child(closed(assessment(authorised_on="2025-12-02"))),
        child(closed(assessment(authorised_on="2025-12-01"))),
    ),
    of_child("8565", child(closed(plan(ended_on="2025-12-02"))), child(closed(plan(ended_on="2025-12-01")))),
    of_child(
        "8815",
        child(episode(), episode()),
        child(nothing_followed(referred_on="2025-04-07"), episode()),
        also="8820",
    ),
    of_child(
        "8816",
        child(episode(), closed(referred_on="2025-09-01")),
        child(closed(), episode(referred_on="2025-12-01")),
        also="8820",
    ),
    of_child(
        "8820",
        child(closed(), closed(referred_on="2025-11-30")),
        child(closed(), closed(referred_on="2025-12-01")),
    ),
]
