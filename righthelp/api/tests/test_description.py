"""What the API says of itself is true: a sound document, examples that arrive, nothing else answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from righthelp.api.openapi import document
from righthelp.api.tests.conftest import Doors, Partner
from righthelp.engine.process import process
from righthelp.processes.police_notification.rows import COLUMNS

MANY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much,
                           HealthCheck.data_too_large],
)  # fmt: skip
RUBBISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=8), one, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return json.loads(json.dumps(document()))  # type: ignore[no-any-return]


def schema(said: dict[str, Any], name: str) -> dict[str, Any]:
    """A schema by name, with those it names."""
    return {"$ref": f"#/components/schemas/{name}", "components": said["components"]}


def fits(said: dict[str, Any], name: str, value: Any) -> None:
    Draft202012Validator(schema(said, name), format_checker=FormatChecker()).validate(value)


def told_of(said: dict[str, Any], method: str, path: str, answer: Any) -> None:
    """The answer is one of those that the document tells of, and a refusal says how to mend it."""
    responses = said["paths"][path][method]["responses"]
    assert str(answer.status_code) in responses, f"{answer.status_code} is not told of"
    assert answer.status_code < 500
    kind = answer.headers["Content-Type"]
    content = responses[str(answer.status_code)]["content"]
    assert kind in content
    body = answer.json()
    Draft202012Validator({**content[kind]["schema"], "components": said["components"]}).validate(body)
    if answer.status_code >= 400:
        assert body["detail"].strip()
        assert all(fault["sentence"].strip() for fault in body.get("faults", []))
        assert answer.status_code != 422 or body["faults"]


def test_it_is_an_openapi_document(said: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(said).validate()
    for name in said["components"]["schemas"]:
        Draft202012Validator.check_schema(schema(said, name))


def test_it_is_served_as_it_is(client: Any, db: None, said: dict[str, Any]) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.json() == said
    assert not answer.cookies


def test_it_is_made_from_the_pages(said: dict[str, Any]) -> None:
    step = process("contact").steps["send"]
    worry = said["components"]["schemas"]["Worry"]
    assert set(worry["properties"]) == set(step.fields)
    assert set(worry["required"]) == set(step.fields) - step.optional - set(step.only_when) | {"from_name"}
    column = process("contact")._meta.get_field("worry")
    assert worry["properties"]["worry"]["maxLength"] == column.max_length
    row = said["components"]["schemas"]["PoliceNotifications"]["properties"]["notifications"]["items"]
    assert list(row["properties"]) == [one.key for one in COLUMNS]


def examples(said: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    return {
        path: (content["schema"]["$ref"].rpartition("/")[2], content["examples"]["example"]["value"])
        for path, methods in said["paths"].items()
        if "requestBody" in methods.get("post", {})
        for content in [methods["post"]["requestBody"]["content"]["application/json"]]
    }


def test_the_examples_arrive(said: dict[str, Any], school: Partner, police: Partner) -> None:
    for path, (name, example) in examples(said).items():
        fits(said, name, example)
        answer = (police if "police" in path else school).post(path, example)
        assert answer.status_code == 201
        told_of(said, "post", path, answer)
        if where := answer.headers.get("Location"):
            told_of(said, "get", "/api/v1/worries/{reference}", school.get(where))
    assert len(examples(said)) == 2


def test_everything_that_can_be_read_is_as_it_says(said: dict[str, Any], school: Partner) -> None:
    for path, methods in said["paths"].items():
        for method, one in methods.items():
            filled = path
            for parameter in one.get("parameters", []):
                filled = filled.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
            if method == "get":
                told_of(said, method, path, school.get(filled))
            for wrong in ("put", "delete", "patch"):
                answer = getattr(school.browser, wrong)(filled, headers=school.headers())
                assert answer.status_code == 405
                told_of(said, method, path, answer)
                assert answer.headers["Allow"]
            if one.get("security") != []:
                told_of(said, method, path, getattr(school.browser, method)(filled))


@pytest.mark.parametrize("path", ["/api/v1/worries", "/api/v1/police-notifications"])
def test_whatever_fits_the_description_is_answered_as_it_says(
    said: dict[str, Any], school: Partner, police: Partner, path: str
) -> None:
    name, _ = examples(said)[path]
    who = police if "police" in path else school
    asked = made_from(said["components"]["schemas"][name])

    @MANY
    @given(asked)
    def sent(body: Any) -> None:
        cache.clear()
        fits(said, name, body)
        told_of(said, "post", path, who.post(path, body))

    sent()


@pytest.mark.parametrize("path", ["/api/v1/worries", "/api/v1/police-notifications"])
def test_one_answer_of_another_kind_is_refused_where_it_stands(
    said: dict[str, Any], school: Partner, police: Partner, path: str
) -> None:
    """Whatever stands in one place of a sound request: if the description forbids it there, so does the API."""
    name, example = examples(said)[path]
    who = police if "police" in path else school
    asked = said["components"]["schemas"][name]["properties"]

    @MANY
    @given(st.sampled_from(sorted(asked)), RUBBISH)
    def sent(at: str, rubbish: Any) -> None:
        cache.clear()
        answer = who.post(path, {**example, at: rubbish})
        told_of(said, "post", path, answer)
        fitting = Draft202012Validator(asked[at], format_checker=FormatChecker()).is_valid(rubbish)
        if not fitting:
            assert answer.status_code == 422
            assert any(fault["pointer"].startswith(f"/{at}") for fault in answer.json()["faults"])

    sent()


@pytest.mark.parametrize("path", ["/api/v1/worries/{}", "/api/v1/code-sets/{}", "/api/v1/{}"])
def test_no_address_breaks_it(said: dict[str, Any], school: Partner, path: str) -> None:
    from urllib.parse import quote

    @MANY
    @given(st.text(min_size=1, max_size=40))
    def asked(word: str) -> None:
        cache.clear()
        try:
            place = path.format(quote(word, safe=""))
        except UnicodeEncodeError:
            return
        answer = school.get(place)
        assert answer.status_code in {200, 404, 405}, place
        assert answer.status_code == 200 or answer.json()["detail"].strip()

    asked()


def made_from(asked: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Whatever fits a schema, in the few words of JSON Schema that the API uses; texts and lists kept short."""
    kinds = [asked["type"]] if isinstance(asked["type"], str) else asked["type"]
    if "enum" in asked:
        return st.sampled_from(asked["enum"])
    if "null" in kinds:
        return st.none() | made_from({**asked, "type": kinds[0]})
    if kinds == ["object"]:
        needed = {name: made_from(one) for name, one in asked["properties"].items() if name in asked["required"]}
        others = {name: made_from(one) for name, one in asked["properties"].items() if name not in needed}
        return st.fixed_dictionaries(needed, optional=others)
    if kinds == ["array"]:
        return st.lists(made_from(asked["items"]), min_size=asked.get("minItems", 0), max_size=3)
    if asked.get("format") == "date":
        return st.dates().map(str)
    if kinds == ["string"]:
        most = min(asked.get("maxLength", 12), 12)
        words = st.text(st.characters(exclude_categories=["Cs"]), min_size=asked.get("minLength", 0), max_size=most)
        return words | st.sampled_from(asked.get("examples", ["a", "HR4 9ZZ", "1 1 2026", "21:40", "a@b.uk"]))
    return {"boolean": st.booleans(), "integer": st.integers()}[kinds[0]]


def test_its_page_says_what_it_says(client: Any, db: None, said: dict[str, Any]) -> None:
    page = client.get("/api/").content.decode()
    for path, methods in said["paths"].items():
        assert path in page
        assert all(one["summary"].replace("'", "&#x27;") in page for one in methods.values())
    for name in said["components"]["schemas"]["Worry"]["properties"]:
        assert name.replace("_", "_<wbr>") in page


def test_a_county_that_does_not_use_a_process_does_not_tell_of_it(
    school: Partner, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    from righthelp.api import codes, door, openapi
    from righthelp.engine.process import processes

    left = {kind: page for kind, page in processes().items() if kind not in {"contact", "police_notification"}}
    for module in (door, openapi, codes):
        monkeypatch.setattr(module, "processes", lambda: left)
    made = document()
    OpenAPIV31SpecValidator(made).validate()
    assert not any("worries" in path or "police" in path for path in made["paths"])
    assert school.post("/api/v1/worries", {}).status_code == 404
    assert school.get("/api/v1/worries/W-2B4D-7HJK").status_code == 404
