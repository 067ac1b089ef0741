"""What a request may carry: a token of ours, what is asked, no way out of the service; and what an answer bears."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test import Client

from righthelp.engine.answers import form_fields, part_fields, parts
from righthelp.engine.process import processes
from righthelp.guard.guarded import guarded_models
from righthelp.guard.viewers import STEP, looking
from righthelp.people.models import Person
from tests.county import VIEWERS, County

WHO = "circle member"
INSIDE = {"circle member", "head of service"}  # of the locked family's circle
ELSEWHERE = ("https://elsewhere.invalid/", "//elsewhere.invalid/", "javascript:alert(1)", "/\\elsewhere.invalid/")


def on_record(county: County, row: str) -> dict[str, Any]:
    with looking(STEP):
        return dict(type(county.rows[row]).objects.filter(pk=county.rows[row].pk).values()[0])


def test_a_form_of_another_site_is_refused(county: County, for_real: None) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(county.account(WHO))
    browser.get("/my-work/")
    before = on_record(county, "screening")
    pk = county.rows["screening"].pk
    for address in (f"/contact/{pk}/note/", f"/contact/{pk}/note/draft/", f"/why/?entry={pk}", "/account/logout/"):
        answer = browser.post(address, {"screening_note": "Nothing to see", "reason": "No reason in particular"})
        assert answer.status_code == 403, address
    assert on_record(county, "screening") == before
    assert browser.get("/my-work/").status_code == 200


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_nobody_is_led_out_of_the_service(onward: str, county: County, settings: Any, for_real: None) -> None:
    browser, known = county.client("without relation"), county.people["known"].pk
    asked = browser.post(
        "/why/", {"reason": "The school has rung me about her"}, query_params={"person": str(known), "next": onward}
    )
    assert asked.headers["Location"] == "/"
    taken = county.client(WHO).post(
        f"/contact/{county.rows['screening'].pk}/note/", {"screening_note": "The school rang", "next": onward}
    )
    assert taken.headers["Location"] == f"/contact/{county.rows['screening'].pk}/"
    out = browser.post("/account/logout/", {"next": onward})
    assert "elsewhere" not in out.headers["Location"]
    assert "alert" not in out.headers["Location"]
    settings.DEMONSTRATION = True
    worker = {"worker_id": str(county.worker(WHO).pk)}
    signed_in = county.client().post("/demonstration/sign-in/", worker, query_params={"next": onward})
    assert signed_in.headers["Location"] == "/"


PAGES = ["/", "/about/", "/roles/", "/contact/", "/find/?family=Quillfeather", "/my-work/", "/no-such-page/",
         "/contact/{received}/", "/child/{known}/", "/child/{nobody}/", "/workers/", "/account/login/"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", [WHO, "partner", None])
def test_every_answer_bears_its_protections(who: str | None, address: str, county: County, for_real: None) -> None:
    place = address.format(received=county.rows["received"].pk, known=county.people["known"].pk, nobody=uuid4())
    answer = county.client(who).get(place)
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["X-Request-Id"])
    if who:
        assert "no-store" in answer.headers["Cache-Control"]
    text = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script


def test_what_a_step_does_not_ask_changes_nothing(county: County, for_real: None) -> None:
    before = on_record(county, "screening")
    answer = county.client(WHO).post(
        f"/contact/{county.rows['screening'].pk}/note/",
        {
            "screening_note": "The school rang",
            "state": "DECIDED",
            "outcome": "NO_FURTHER_ACTION",
            "level": "1",
            "urgency": "GREEN",
            "worry": "Nothing",
            "version": "0",
            "entry": str(county.rows["received"].pk),
            "from_agency": str(county.staff.practices[0].pk),
            "received_at_0": "1 1 2020",
            "reference": "MINE",
            "matched_to": str(county.people["stranger"].pk),
            "person": str(county.people["stranger"].pk),
        },
    )
    assert answer.status_code == 302
    after = on_record(county, "screening")
    assert {name for name in after if after[name] != before[name]} == {"screening_note", "version"}


def test_a_worry_is_of_whoever_sends_it(county: County, for_real: None) -> None:
    """Who sent it is never typed: naming another agency in the form changes nothing."""
    page = processes()["contact"]
    assert not {"from_agency", "from_worker"} & set(page.steps["send"].fields)
    for name in ("received", "screening", "locked"):
        assert on_record(county, name)["from_worker_id"] == county.worker("sender").pk


def offered(fields: dict[str, forms.Field]) -> dict[str, forms.ModelChoiceField]:
    return {name: field for name, field in fields.items() if isinstance(field, forms.ModelChoiceField)}


@pytest.mark.parametrize("who", VIEWERS)
def test_no_form_takes_a_row_that_its_reader_may_not_see(who: str, county: County) -> None:
    viewer = county.as_(who)
    with looking(STEP):
        everything = {model: set(model.objects.values_list("pk", flat=True)) for model in guarded_models()}
    tried = 0
    with looking(viewer):
        seen = {model: set(model.objects.values_list("pk", flat=True)) for model in guarded_models()}
        for page in processes().values():
            for step in page.steps.values():
                fields = offered(form_fields(page, step))
                for name, part in parts(page).items():
                    if name in step.fields:
                        fields |= offered(part_fields(part))
                for name, field in fields.items():
                    model = field.queryset.model
                    for pk in everything[model] - seen[model]:
                        with pytest.raises(ValidationError):
                            field.clean(str(pk))
                        tried += 1
                    assert set(field.queryset.values_list("pk", flat=True)) <= seen[model], name
        if who not in INSIDE:
            assert county.people["locked"].pk not in seen[Person]
    assert tried or who in INSIDE


def test_a_child_who_is_locked_cannot_be_named_to_a_step(county: County, for_real: None) -> None:
    before = on_record(county, "screening")
    answer = county.client("front door manager").post(
        f"/contact/{county.rows['screening'].pk}/match/",
        {"matched_to": str(county.people["locked"].pk), "match_reason": "The same date of birth"},
    )
    assert answer.status_code == 200
    assert county.people["locked"].called not in answer.content.decode()
    assert on_record(county, "screening") == before


def fails(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
    """As when the database is lost in the middle of a page: whatever asks for rows of the record fails."""
    of_the_record = re.search(r'FROM "(contact|person|holding|worker|search_key|case_entry|deadline)"', statement)
    if of_the_record and '"account_id" =' not in statement:
        raise OperationalError(f"canceling statement due to statement timeout: {values}")
    return execute(statement, values, many, context)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("front door manager", "/contact/"),
        ("front door manager", "/find/?family=Quillfeather&given=Wren"),
        ("front door manager", "/my-work/"),
        ("team manager", "/referral/"),
        ("team manager", "/team/"),
        ("user administrator", "/workers/"),
        ("partner", "/"),
    ],
)
def test_a_database_error_on_a_list_is_an_error_page_with_the_requests_number(
    who: str, address: str, county: County, for_real: None
) -> None:
    browser = county.client(who)
    assert browser.get(address).status_code == 200
    with connection.execute_wrapper(fails):
        answer = browser.get(address)
    text = answer.content.decode()
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in text, "the number to quote"
    for misleading in ("No matches", "Nothing", "nothing found", "No open", "Nobody", "0 worries", "Quillfeather"):
        assert misleading not in text
    assert "timeout" not in text
    assert "Traceback" not in text
    assert browser.get(address).status_code == 200, "the next request is answered again"


def test_a_database_error_is_never_a_healthy_service(county: County) -> None:
    def dead(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(dead):
        assert county.client().get("/health/").status_code == 500
    assert county.client().get("/health/").json() == {"well": True}
