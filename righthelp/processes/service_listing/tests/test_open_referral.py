"""What is published as open data is as Open Referral UK 3.0 says: held against the standard's own list of fields.

`oruk_fields.csv` holds every object of the profile HSDS-UK 3.0 with its fields: type, format, codes, required or not.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from righthelp.processes.service_listing.quality import lacks

with (Path(__file__).parent / "oruk_fields.csv").open(encoding="utf-8") as file:
    FIELDS: dict[str, dict[str, dict[str, str]]] = {}
    for line in csv.DictReader(file):
        FIELDS.setdefault(line["object"], {})[line["field"]] = line
# The profile has telephone numbers and no place for them: they stand where the standard beneath it has them.
BENEATH = {("contact", "phones"): "phone"}
WHOLE: dict[str, Any] = {
    "address": "The Old Net Loft, Quay Street\nHarbour",
    "postcode": "HR1 2AB",
    "opening": "Mornings, Monday to Thursday",
    "cost": "FREE",
    "email": "hello@harbour.invalid",
    "web": "https://harbour.invalid/",
    "accessibility": "Level entrance",
    "youngest": 0,
    "oldest": 4,
}


def faults(kind: str, said: dict[str, Any], where: str = "") -> list[str]:
    """All that the standard would not have of an object."""
    wrong, where = [], where or kind
    for name, field in FIELDS[kind].items():
        if field["required"] == "Y" and said.get(name) in (None, ""):
            wrong.append(f"{where}.{name} is required")
    for name, value in said.items():
        if (kind, name) in BENEATH:
            wrong += [fault for one in value for fault in faults(BENEATH[kind, name], one, f"{where}.{name}")]
        elif name not in FIELDS[kind]:
            wrong.append(f"{where}.{name} is no field of it")
        else:
            wrong += _of_type(FIELDS[kind][name], value, f"{where}.{name}")
    return wrong


def _of_type(field: dict[str, str], value: Any, where: str) -> list[str]:
    if inner := re.fullmatch(r"(array|object)<(\w+)\.json>", field["type"]):
        held = value if inner[1] == "array" else [value]
        assert isinstance(held, list), where
        return [fault for one in held for fault in faults(inner[2], one, where)]
    kinds = {"string": str, "number": (int, float)}
    if not isinstance(value, kinds[field["type"]]):  # type: ignore[arg-type]
        return [f"{where} is not a {field['type']}"]
    if field["enum"] and value not in field["enum"].split("|"):
        return [f"{where} is none of {field['enum']}"]
    try:
        {"uuid": UUID, "date-time": datetime.fromisoformat, "": str}.get(field["format"], str)(value)
    except ValueError:
        return [f"{where} is not in the format {field['format']}"]
    return []


@pytest.fixture
def whole(workplace: Any, listed: Any) -> Any:
    """A listing that lacks nothing."""
    return workplace.take(listed(**WHOLE), "confirm", "Petra Lind")


def ask(address: str, status: int = 200) -> Any:
    answer = Client().get(f"/open-referral/{address}")
    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def test_the_list_of_fields_is_whole() -> None:
    assert len(FIELDS) == 17
    assert sum(map(len, FIELDS.values())) == 138


def test_a_program_is_told_what_this_is() -> None:
    said = ask("")
    assert said["version"] == "HSDS-UK-3.0"
    assert said["profile"].startswith("https://")
    assert said["openapi_url"].startswith("https://")


def test_a_whole_listing_is_as_the_standard_says(whole: Any) -> None:
    said = ask(f"services/{whole.pk}")
    assert faults("service", said) == []
    assert UUID(said["id"]) == whole.pk
    assert (said["status"], said["minimum_age"], said["maximum_age"]) == ("active", 0, 4)
    assert date.fromisoformat(said["assured_date"]) == whole.confirmed_at.astimezone(UTC).date()
    assert said["contacts"][0]["phones"][0]["number"] == "01632 960101"
    address = said["service_at_locations"][0]["location"]["addresses"][0]
    assert (address["city"], address["postal_code"], address["country"]) == ("Harbour", "HR1 2AB", "GB")
    assert said["cost_options"][0]["amount"] == 0
    assert {one["taxonomy_term"]["term"] for one in said["attributes"]} == {"BABY", "COMPANY"}
    assert re.search(r"\.\d{3}\+00:00$", said["last_modified"])


@pytest.mark.parametrize("left_out", [*WHOLE, "address postcode"])
def test_what_is_not_told_is_not_made_up(workplace: Any, listed: Any, left_out: str) -> None:
    told = {name: value for name, value in WHOLE.items() if name not in left_out.split()}
    row = workplace.take(listed(**told), "confirm", "Petra Lind")
    assert faults("service", ask(f"services/{row.pk}")) == []


def test_what_the_standard_would_not_have_is_noticed(whole: Any) -> None:
    said = ask(f"services/{whole.pk}")
    assert faults("service", {**said, "status": "open"}) == [
        "service.status is none of " + FIELDS["service"]["status"]["enum"]
    ]
    assert faults("service", {**said, "name": ""}) == ["service.name is required"]
    assert faults("service", {**said, "mood": "good"}) == ["service.mood is no field of it"]
    assert faults("service", {**said, "id": "7"}) == ["service.id is not in the format uuid"]
    assert faults("service", {**said, "minimum_age": "7"}) == ["service.minimum_age is not a number"]
    assert faults("service", {**said, "organization": {}})


def test_identifiers_stay_the_same(workplace: Any, whole: Any) -> None:
    def identifiers(said: Any) -> list[str]:
        if isinstance(said, list):
            return [found for one in said for found in identifiers(one)]
        if isinstance(said, dict):
            own = [said["id"]] if "id" in said else []
            return [*own, *(found for value in said.values() for found in identifiers(value))]
        return []

    before = identifiers(ask(f"services/{whole.pk}"))
    assert len(before) == len(set(before)) > 8
    workplace.take(whole, "pause", "Petra Lind", paused_because="Full")
    after = ask(f"services/{whole.pk}")
    assert identifiers(after) == before
    assert (after["status"], after["alert"]) == ("temporarily closed", "Full")


def test_services_come_page_by_page(workplace: Any, listed: Any) -> None:
    for number in range(5):
        row = listed(name=f"Room {number}", pack_key=f"room_{number}")
        workplace.take(row, "confirm", "Petra Lind")
    first, last, beyond = (ask(f"services?page={number}&per_page=2") for number in (1, 3, 4))
    assert {name: first[name] for name in first if name != "contents"} == {
        "total_items": 5, "total_pages": 3, "page_number": 1, "size": 2, "first_page": True, "last_page": False,
        "empty": False,
    }  # fmt: skip
    assert (last["size"], last["last_page"], last["first_page"]) == (1, True, False)
    assert (beyond["contents"], beyond["empty"]) == ([], True)
    names = [one["name"] for number in (1, 2, 3) for one in ask(f"services?page={number}&per_page=2")["contents"]]
    assert sorted(names) == [f"Room {number}" for number in range(5)]
    assert all(faults("service", one) == [] for one in ask("services")["contents"])


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=two", "per_page=", "page=1e3", "page=٣", f"page={'9' * 40}"]
)
def test_a_page_that_cannot_be_is_refused_in_words(query: str, db: None) -> None:
    assert "whole number" in ask(f"services?{query}", 400)["error"]


# The quality gate: each rule with a listing that passes and one that does not.
@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"what": "Tea"}, "what"),
        ({"telephone": ""}, "telephone"),
        ({"organisation_does": ""}, "organisation_does"),
    ],
)
def test_what_lacks_something_is_not_published_and_its_keeper_sees_why(
    workplace: Any, listed: Any, said: dict[str, Any], at: str
) -> None:
    row = workplace.take(listed(**said), "confirm", "Petra Lind")
    assert [lack.at for lack in lacks(row)] == [at]
    assert ask("services")["total_items"] == 0
    ask(f"services/{row.pk}", 404)


def test_any_one_way_to_reach_it_is_enough(workplace: Any, listed: Any) -> None:
    for way in ({"telephone": "01632 960001"}, {"email": "a@b.invalid"}, {"web": "https://b.invalid/"}):
        told = {"telephone": "", **way}
        row = workplace.take(listed(pack_key=f"by_{next(iter(way))}", **told), "confirm", "Petra Lind")
        assert lacks(row) == []


def test_what_nobody_confirmed_or_not_in_time_is_not_published(workplace: Any, listed: Any) -> None:
    now = timezone.now()
    row = listed(on=now - timedelta(days=800))
    assert "confirmed it yet" in lacks(row)[0].sentence
    ask(f"services/{row.pk}", 404)
    row = workplace.take(row, "confirm", "Petra Lind", on=now - timedelta(days=300))
    assert "not confirmed in time" in lacks(row)[0].sentence
    assert ask("services")["total_items"] == 0
    row = workplace.take(row, "confirm", "Petra Lind")
    assert lacks(row) == []
    assert ask("services")["total_items"] == 1


def test_a_closed_service_is_not_published(workplace: Any, whole: Any) -> None:
    row = workplace.take(whole, "close", "Petra Lind", closed_because="It is no more.")
    assert [lack.sentence for lack in lacks(row)] == ["The service has closed."]
    ask(f"services/{row.pk}", 404)
