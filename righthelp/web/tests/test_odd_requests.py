"""What no browser of ours sends is answered all the same, and never with an error page."""

import pytest

from righthelp.engine.process import process

LONG = "9" * 5000  # more digits than a number is read from
GETS = [
    ("Nia Prosser", "/contact/{contact}/match/?matched_to=nobody"),
    ("Nia Prosser", "/contact/{contact}/match/?matched_to=%00"),
    ("Marian Blythe", "/contact/{contact}/decide/?level=high&outcome=%00"),
    ("Nia Prosser", "/information_request/new/ask/?answer_by=soon&contact=none&family_agrees=perhaps"),
    ("Una Kelleher", "/workers/?name=%00"),
    ("Nia Prosser", "/find/?given=%00&family=Pugh"),
    ("Nia Prosser", "/find/?family=Pugh&born_on=31+12+9999"),
    ("Nia Prosser", "/find/?family=Pugh&born_on=1+1+0001"),
    ("Nia Prosser", "/contact/?urgency=%00&held=nobody-we-know"),
    ("Leonard Swann", "/referral/?page=-5"),
    ("Leonard Swann", f"/referral/?page={LONG}"),
    ("Sylvia Marchetti", "/locked_circle/new/lock/?person=%00"),
]
POSTS = [
    ("Nia Prosser", "note", {"seen": LONG, "screening_note": "The school rang."}),
    ("Nia Prosser", "note", {"screening_note": "a\x00b"}),
    ("Nia Prosser", "confirm", {"facts_confirmed": "x" * 100}),
    ("Nia Prosser", "confirm", {"facts_confirmed": "x\x00"}),
    ("Nia Prosser", "match", {"matched_to": "nobody\x00", "match_reason": "\x00"}),
    ("Marian Blythe", "decide", {"level": LONG, "outcome": ["ADVICE", "nothing"], "parents_told": "\x00"}),
    ("Nia Prosser", "ask-agencies", {"agencies": ["none", "\x00"], "answer_by_0": "\x00", "answer_by_1": "99:99"}),
    ("Nia Prosser", "note/draft", {"screening\x00note": "x", "seen": LONG}),
]


@pytest.mark.parametrize(("who", "address"), GETS)
def test_an_odd_address(workplace, browser, who, address):
    contact = workplace.screening()
    assert browser(who).get(address.format(contact=contact.pk)).status_code in {200, 404}


@pytest.mark.parametrize(("who", "step", "typed"), POSTS)
def test_an_odd_answer(workplace, browser, who, step, typed):
    contact, somebody = workplace.registered(), browser(who)
    assert somebody.post(f"/contact/{contact.pk}/{step}/", typed).status_code in {200, 302}
    assert somebody.get(f"/contact/{contact.pk}/{step.removesuffix('/draft')}/").status_code == 200
    assert somebody.get("/my-work/").status_code == 200


def test_an_answer_without_the_rows_that_are_asked_for(workplace, browser):
    workplace.decided(outcome="REFERRAL", level=4)
    case = process("referral").objects.get()
    workplace.take(case, "allocate", "Leonard Swann", social_worker=workplace.worker("Ade Bankole"))
    answer = browser("Ade Bankole").post(f"/referral/{case.pk}/record_attempt/", {})
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()


def test_an_odd_draft(browser):
    ruth = browser("Ruth Adeyemi")
    form = ruth.post("/contact/new/send/").headers["Location"].rsplit("/", 2)[0]
    for page, typed in (
        ("4", {"indicators": ["no-such-row", "\x00"], "sender_level": "77"}),
        ("save", {"wor\x00ry": "x"}),
        ("2", {"adults-TOTAL_FORMS": LONG, "adults-INITIAL_FORMS": "x", "adults-0-name": "x"}),
        (
            "2",
            {"adults-TOTAL_FORMS": "2", "adults-INITIAL_FORMS": "2", "remove-0": "adults"},
        ),
        ("check", {}),
    ):
        assert ruth.post(f"{form}/{page}/", typed).status_code in {200, 302}
        for again in (f"{form}/2/", f"{form}/4/?mend=yes", f"{form}/check/", "/"):
            assert ruth.get(again).status_code == 200, (page, again)
