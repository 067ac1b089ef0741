"""A child's payload, drawn from the tables of the Standard Safeguarding Dataset; its fingerprint, and what it holds.

The standard says of its fields where the Department's payload has them (`standard.Field.api`): each value goes there
under that name. Only what is on record is written: an element of which nothing is held is left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from righthelp.guard.viewers import current
from righthelp.returns.cin.numbers import number_of
from righthelp.returns.ssd import standard
from righthelp.returns.ssd.mapping import Asked, select

Payload = dict[str, Any]
Row = dict[str, Any]
DETAILS, EPISODES, WORKERS = "child_details", "social_care_episodes", "care_worker_details"
CHILD = "la_child_id"  # that the child is known at all
EPISODE_ID = "social_care_episode_id"
# What stands within an episode, from which table, by which key of the referral
WITHIN = (
    ("child_and_family_assessments", "ssd_cin_assessments", "cina_referral_id"),
    ("child_in_need_plans", "ssd_cin_plans", "cinp_referral_id"),
    ("section_47_assessments", "ssd_s47_enquiry", "s47e_referral_id"),
    ("child_protection_plans", "ssd_cp_plans", "cppl_referral_id"),
)
ID_OF = {
    EPISODES: EPISODE_ID,
    "child_and_family_assessments": "child_and_family_assessment_id",
    "child_in_need_plans": "child_in_need_plan_id",
    "section_47_assessments": "section_47_assessment_id",
    "child_protection_plans": "child_protection_plan_id",
}
TABLES = {  # each with the field that names the child
    "ssd_person": "pers_person_id",
    "ssd_linked_identifiers": "link_person_id",
    "ssd_address": "addr_person_id",
    "ssd_disability": "disa_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_cin_assessments": "cina_person_id",
    "ssd_assessment_factors": "",
    "ssd_cin_plans": "cinp_person_id",
    "ssd_s47_enquiry": "s47e_person_id",
    "ssd_initial_cp_conference": "icpc_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_involvements": "invo_person_id",
    "ssd_professionals": "",
}
LONGEST_POSTCODE, UPN_LETTERS = 8, 13
FORMER_UPN = "Former Unique Pupil Number"


@dataclass
class Drawn:
    """A child as they are to be sent; and how much is on record of them that no referral holds together."""

    person: UUID
    number: str
    payload: Payload
    unplaced: int = 0
    fingerprint: str = field(default="")

    def __post_init__(self) -> None:
        self.fingerprint = fingerprint(self.payload)


def in_social_care() -> list[UUID]:
    """Every child who was referred to children's social care, in order; not one who was merged into another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT e.person_id FROM referral r JOIN case_entry e ON e.id = r.entry_id"
            " JOIN person p ON p.id = e.person_id WHERE p.became_id IS NULL ORDER BY 1"
        )
        return [key for (key,) in cursor.fetchall()]


def helped_without_a_referral() -> int:
    """How many children have enquiries or a plan as a child in need or at risk, and were never referred: the payload
    has no place for these without a referral."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT e.person_id) FROM case_entry e JOIN person p ON p.id = e.person_id"
            " LEFT JOIN family_help f ON f.entry_id = e.id"
            " WHERE p.became_id IS NULL AND (e.kind IN ('section_47', 'child_protection_plan')"
            " OR f.section_17_from IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM case_entry o"
            " WHERE o.person_id = e.person_id AND o.kind = 'referral')"
        )
        (many,) = cursor.fetchone() or (0,)
        return int(many)


def draw(children: Sequence[UUID]) -> list[Drawn]:
    """These children as they are on record now, all asked for together. Somebody must be looking."""
    current()
    asked = Asked(children=tuple(children), withholds=False)
    tables = {name: _rows(name, asked) for name in TABLES} if children else {}
    return [_drawn(child) for child in _each(tables)]


def _rows(name: str, asked: Asked) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(select(name, asked))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@dataclass
class _Child:
    """The rows of one child, by table; and what is looked up by another key."""

    person: Row
    tables: dict[str, list[Row]]
    factors: dict[Any, Row]  # by assessment
    workers: dict[Any, Row]

    def of(self, table: str) -> list[Row]:
        return self.tables.get(table, [])


def _each(tables: dict[str, list[Row]]) -> Iterator[_Child]:
    of: dict[UUID, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name, key in TABLES.items():
        for row in tables.get(name, ()) if key else ():
            of[row[key]][name].append(row)
    factors = {row["cinf_assessment_id"]: row for row in tables.get("ssd_assessment_factors", ())}
    workers = {row["prof_professional_id"]: row for row in tables.get("ssd_professionals", ())}
    for person in tables.get("ssd_person", ()):
        yield _Child(person, of[person["pers_person_id"]], factors, workers)


def _drawn(child: _Child) -> Drawn:
    key = child.person["pers_person_id"]
    number = number_of(key, [told] if (told := child.person["pers_legacy_id"]) else [])
    episodes = [_episode(child, row) for row in child.of("ssd_cin_episodes")]
    payload = {
        "la_child_id": number,
        "mis_child_id": str(key),
        DETAILS: _details(child),
        EPISODES: episodes,
    }
    unplaced = sum(not row[key] for _, table, key in WITHIN for row in child.of(table))
    return Drawn(key, number, canonical(payload), unplaced)


def _details(child: _Child) -> Payload:
    details = _leaves("ssd_person", child.person)
    former = [
        row["link_identifier_value"]
        for row in child.of("ssd_linked_identifiers")
        if row["link_identifier_type"] == FORMER_UPN and len(row["link_identifier_value"]) == UPN_LETTERS
    ]
    if former:
        details["former_unique_pupil_number"] = former[-1]
    addresses = [
        row for row in child.of("ssd_address") if not row["addr_address_end_date"] and row["addr_address_postcode"]
    ]
    if addresses:  # the one since when, or else that was told, last
        latest = max(addresses, key=lambda row: (row["addr_address_start_date"] or date.min, str(row["addr_table_id"])))
        details["postcode"] = latest["addr_address_postcode"][:LONGEST_POSTCODE]
    details["disabilities"] = sorted({row["disa_disability_code"] for row in child.of("ssd_disability")})
    return details


def _episode(child: _Child, row: Row) -> Payload:
    key = row["cine_referral_id"]
    episode = _leaves("ssd_cin_episodes", row)
    for name, table, by in WITHIN:
        episode[name] = [_part(child, table, part) for part in child.of(table) if part[by] == key]
    episode[WORKERS] = [
        {"worker_id": child.workers[one["invo_professional_id"]]["prof_staff_id"], **_leaves("ssd_involvements", one)}
        for one in child.of("ssd_involvements")
        if one["invo_referral_id"] == key and one["invo_professional_id"] in child.workers
    ]
    return episode


def _part(child: _Child, table: str, row: Row) -> Payload:
    part = _leaves(table, row)
    if table == "ssd_cin_assessments" and (factors := child.factors.get(row["cina_assessment_id"])):
        part["factors"] = sorted(set(_json(factors["cinf_assessment_factors_json"])))
    if table == "ssd_s47_enquiry":
        if required := _json(row["s47e_s47_outcome_json"])["CP_CONFERENCE_FLAG"]:
            part["icpc_required_flag"] = required == "Y"
        held = [
            one["icpc_icpc_date"]
            for one in child.of("ssd_initial_cp_conference")
            if one["icpc_s47_enquiry_id"] == row["s47e_s47_enquiry_id"] and one["icpc_icpc_date"]
        ]
        if held:
            part["icpc_date"] = str(min(held))
    return part


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _leaves(table: str, row: Row) -> Payload:
    """What the standard says of where each of these fields stands in the payload; nothing of one that is empty."""
    found = {}
    for each in standard.tables()[table].fields:
        value = row[each.name]
        if "." in each.api and value not in (None, "") and not each.name.endswith("_json"):
            name = each.api.rpartition(".")[2]
            found[name] = value == "Y" if name.endswith("_flag") else str(value)
    return found


# --- Sameness ----------------------------------------------------------------------------------------------------


def canonical(value: Any) -> Any:
    """The same facts in the same order, whatever order they came in; nothing that is empty."""
    if isinstance(value, dict):
        made = {name: canonical(value[name]) for name in sorted(value)}
        return {name: one for name, one in made.items() if one not in ([], {}, None, "")}
    if isinstance(value, list):
        return sorted((canonical(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def fingerprint(payload: Payload) -> str:
    """SHA-256 of the whole child: another as soon as any fact is."""
    text = json.dumps(canonical(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def held_by(payload: Payload) -> dict[str, frozenset[str]]:
    """The blocks of a payload that can be taken back, by their path, with the names of what stands in each."""
    blocks = {CHILD: frozenset[str]()}
    if DETAILS in payload:
        blocks[DETAILS] = frozenset(payload[DETAILS])
    for episode in payload.get(EPISODES, []):
        home = f"{EPISODES}/{episode[EPISODE_ID]}"
        blocks[home] = frozenset(name for name in episode if name not in ID_OF)
        for name, key in ID_OF.items():
            for part in episode.get(name, []) if name != EPISODES else ():
                blocks[f"{home}/{name}/{part[key]}"] = frozenset(part)
    return blocks


def as_kept(blocks: dict[str, frozenset[str]]) -> list[str]:
    return [f"{path}:{','.join(sorted(names))}" for path, names in sorted(blocks.items())]


def as_said(kept: Iterable[str]) -> dict[str, frozenset[str]]:
    said = (one.partition(":") for one in kept)
    return {path: frozenset(filter(None, names.split(","))) for path, _, names in said}
