"""What is sent, what counts as accepted, and what becomes of the rest, whatever the Department's server does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.core.management import call_command

from righthelp.engine.tests.played import closed_port
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import LOAD
from righthelp.people.models import Identifier
from righthelp.returns.daily import door, schema, sending
from righthelp.returns.daily.door import Door, NotConfigured
from righthelp.returns.daily.models import DailyPayload, DailySend
from righthelp.returns.daily.tests.played import Department, Plays

pytestmark = pytest.mark.django_db
Send = Callable[..., sending.Sent]


def numbers() -> list[str]:
    return list(DailyPayload.objects.order_by("number").values_list("number", flat=True))


def row(number: str) -> DailyPayload:
    found: DailyPayload = DailyPayload.objects.get(number=number)
    return found


def touch(number: str) -> None:
    """Something changes of this child."""
    person = DailyPayload.objects.get(number=number).person
    person.sex = "F" if person.sex == "M" else "M"
    person.save()


# --- The usual day -----------------------------------------------------------------------------------------------


def test_everybody_is_sent_once_and_then_only_who_changed(loaded: Any, played: Department, send_now: Send) -> None:
    first = send_now()
    assert (first.found.waiting, len(first.accepted), first.stopped) == (12, 12, "")
    assert sorted(played.sent) == numbers()
    again = send_now()
    assert (again.found.waiting, len(played.requests)) == (0, 1)
    touch(numbers()[3])
    third = send_now()
    assert third.accepted == {numbers()[3]}
    assert [len(request) for request in played.requests] == [12, 1]


def test_a_request_bears_what_the_department_asks_for(loaded: Any, played: Department, send_now: Send) -> None:
    send_now()
    [headers] = played.headers
    assert (headers["Authorization"], headers["SupplierKey"]) == ("Bearer a-token", "a-supplier")
    assert headers["Content-Type"] == "application/json"
    [asked] = played.asked_for_token
    assert "grant_type=client_credentials" in asked
    assert "scope=a-scope%2F.default" in asked


def test_children_go_by_the_hundred_at_most(
    loaded: Any, played: Department, send_now: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "MOST_CHILDREN", 5)
    send_now()
    assert [len(request) for request in played.requests] == [5, 5, 2]


def test_what_was_accepted_is_written_down_with_its_receipt(loaded: Any, played: Department, send_now: Send) -> None:
    send_now()
    first = row(numbers()[0])
    assert first.receipt.endswith("_0000")
    assert (bool(first.accepted), bool(first.accepted_at), first.waits_since, first.refusal) == (True, True, None, "")
    noted = DailySend.objects.get()
    assert (bool(noted.ended_at), noted.stopped_because) == (True, "")


def test_each_child_who_was_sent_is_in_the_access_log(loaded: Any, played: Department, send_now: Send) -> None:
    send_now()
    told = AccessLog.objects.filter(purpose="send the daily return", person__isnull=False)
    assert set(told.values_list("person", flat=True)) == set(DailyPayload.objects.values_list("person", flat=True))
    assert AccessLog.objects.filter(purpose="send the daily return", kind=AccessLog.Kind.PURPOSE).exists()


def test_the_number_that_a_child_is_sent_under_finds_them(workplace: Any, played: Department, send_now: Send) -> None:
    child = workplace.person("Ada", "Pugh")
    workplace.begin(
        "referral", "accept", "Marian Blythe", person=child, received_at=datetime(2026, 6, 1, 9, tzinfo=UTC)
    )
    send_now()
    number = Identifier.objects.get(person=child, kind=Identifier.Kind.LA_CHILD)
    assert played.sent == [number.value]
    assert played.children[number.value]["mis_child_id"] == str(child.pk)


# --- What the Department does not take ---------------------------------------------------------------------------


@pytest.mark.parametrize("names", [True, False])
def test_one_fault_keeps_nobody_else_waiting(loaded: Any, played: Department, send_now: Send, names: bool) -> None:
    """Named or not: the rest is accepted, the child is refused with the Department's words, and is not sent again."""
    send_now()
    who, *others = numbers()[4:7]
    for number in (who, *others):
        touch(number)
    played.names, played.faulty = names, {who: "child_details.sex: not a code"}
    sent = send_now()
    assert (sent.refused, sent.accepted, sent.stopped) == ({who}, set(others), "")
    refused = row(who)
    assert ("not a code" in refused.refusal) is names
    assert (refused.waits_since, bool(refused.refused)) == (None, True)
    before = len(played.requests)
    assert send_now().found.waiting == 0
    assert len(played.requests) == before
    assert row(who).refusal


def test_a_refused_child_is_sent_again_once_something_changed_or_when_asked(
    loaded: Any, played: Department, send_now: Send
) -> None:
    send_now()
    who = numbers()[0]
    touch(who)
    played.faulty = {who: "no"}
    send_now()
    assert send_now(again=True).refused == {who}
    played.faulty = {}
    touch(who)
    touch(who)
    assert send_now().found.waiting == 0, "it is what was refused"
    row_before = row(who).accepted
    played.plays = []
    assert send_now(again=True).accepted == {who}
    assert row(who).accepted != row_before
    assert row(who).refusal == ""


def test_a_fault_of_ours_is_told_apart_from_faults_of_children(loaded: Any, played: Department, send_now: Send) -> None:
    """Where child after child is refused and none is named, nobody is marked as refused."""
    played.plays = [Plays(400, "Malformed payload") for _ in range(60)]
    sent = send_now()
    assert "look at how we send" in sent.stopped
    assert not DailyPayload.objects.exclude(refused="").exists()
    played.plays = []
    assert len(send_now().accepted) == 12


def test_what_is_too_large_is_sent_in_parts(loaded: Any, played: Department, send_now: Send) -> None:
    played.most = 4
    assert len(send_now().accepted) == 12
    assert [len(request) for request in played.requests] == [12, 6, 3, 3, 6, 3, 3]


def test_one_child_who_is_too_large_is_refused(loaded: Any, played: Department, send_now: Send) -> None:
    send_now()
    touch(numbers()[0])
    played.most = 0
    assert send_now().refused == {numbers()[0]}
    assert "too large" in row(numbers()[0]).refusal


def test_what_the_schema_does_not_take_is_not_sent(
    loaded: Any, played: Department, send_now: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = Identifier.objects.filter(kind=Identifier.Kind.LA_CHILD).order_by("value").first()
    assert number is not None
    number.value = "INV/1"
    number.save()
    sent = send_now()
    assert (sent.refused, len(sent.accepted)) == ({"INV/1"}, 11)
    assert "INV/1" not in played.sent
    assert row("INV/1").refusal == (
        "Not sent, because the Department would not take it. la_child_id: has letters that are not allowed."
    )


# --- What goes wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "plays",
    [
        Plays(429), Plays(500), Plays(503), Plays(408), Plays(waits=1.2), Plays(drips=0.15, says="[" + " " * 20),
        Plays(hangs_up=True), Plays(200, "<html>"), Plays(200, ["one receipt"]), Plays(200, {"ok": True}),
        Plays(200, [1] * 12),
    ],
    ids=["429", "500", "503", "408", "slow", "drips", "hangs up", "html", "too few", "no list", "no words"],
)  # fmt: skip
def test_what_goes_wrong_once_is_tried_again(
    loaded: Any, played: Department, send_now: Send, waited: list[float], plays: Plays
) -> None:
    played.plays = [plays]
    sent = send_now()
    assert (len(sent.accepted), sent.stopped) == (12, "")
    assert waited == [sending.FIRST_WAIT]
    assert len(played.requests) == 2
    assert played.requests[0] == played.requests[1], "sent again, it is the same"


@pytest.mark.parametrize(
    ("plays", "says"),
    [
        (Plays(500), "come back later (500)"),
        (Plays(429), "come back later (429)"),
        (Plays(200, "<html>"), "could not be understood"),
        (Plays(hangs_up=True), "broke"),
        (Plays(204), "nothing in what it was sent (204)"),
        (Plays(403, "no"), "does not let us in (403)"),
        (Plays(404), "404"),
        (Plays(302, headers={"Location": "https://elsewhere.example/"}), "302"),
    ],
    ids=str,
)
def test_what_goes_on_going_wrong_stops_it_and_loses_nothing(
    loaded: Any, played: Department, send_now: Send, plays: Plays, says: str
) -> None:
    played.plays = [plays] * 20
    sent = send_now()
    assert says in sent.stopped
    assert (sent.accepted, sent.refused) == (set(), set())
    assert DailyPayload.objects.filter(waits_since__isnull=False, accepted="").count() == 12
    assert says in DailySend.objects.get().stopped_because
    played.plays = []
    assert len(send_now().accepted) == 12


def test_it_waits_longer_each_time_and_not_for_ever(
    loaded: Any, played: Department, send_now: Send, waited: list[float]
) -> None:
    played.plays = [Plays(500)] * 20
    send_now()
    assert waited == [5, 10, 20, 40]
    assert len(played.requests) == sending.TRIES


def test_it_waits_as_long_as_it_is_asked_to(
    loaded: Any, played: Department, send_now: Send, waited: list[float]
) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    played.plays = [
        Plays(429, headers={"Retry-After": "37"}), Plays(503, headers={"Retry-After": moment}),
        Plays(503, headers={"Retry-After": "soon"}),
    ]  # fmt: skip
    assert len(send_now().accepted) == 12
    assert waited[0] == 37
    assert 80 < waited[1] <= 90
    assert waited[2] == 20


def test_asked_to_wait_too_long_it_stops_until_the_next_time(
    loaded: Any, played: Department, send_now: Send, waited: list[float]
) -> None:
    played.plays = [Plays(429, headers={"Retry-After": "86400"})]
    assert "86400 seconds" in send_now().stopped
    assert waited == []


def test_a_token_that_ran_out_is_got_anew_once(loaded: Any, played: Department, send_now: Send) -> None:
    played.plays = [Plays(401)]
    assert len(send_now().accepted) == 12
    assert played.tokens_given == 2
    touch(numbers()[0])
    played.plays = [Plays(401)] * 9
    assert "(401)" in send_now().stopped
    assert len(played.plays) == 7


def test_without_a_token_nothing_is_sent(loaded: Any, played: Department, send_now: Send) -> None:
    played.tokens_refused = 1
    sent = send_now()
    assert "No token was given" in sent.stopped
    assert played.requests == []


def test_a_server_that_is_not_there_keeps_everything_waiting(
    loaded: Any, played: Department, send_now: Send, settings: Any
) -> None:
    settings.DAILY_SERVER = f"http://127.0.0.1:{closed_port()}"
    assert "broke" in send_now().stopped
    assert DailyPayload.objects.filter(waits_since__isnull=False).count() == 12


def test_an_answer_without_end_is_read_no_further(
    loaded: Any, played: Department, send_now: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST_OF_IT", 1000)
    played.plays = [Plays(200, "[" + '"a",' * 100_000)]
    assert len(send_now().accepted) == 12


def test_a_sending_that_is_killed_goes_on_where_it_was(
    loaded: Any, played: Department, send_now: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was accepted stays so; what was sent and not written down is sent again, and the Department has it once."""

    class Killed(BaseException):
        pass

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    monkeypatch.setattr(schema, "MOST_CHILDREN", 5)
    real, times = sending._Sending._accept, [0]

    def second_is_killed(self: Any, *more: Any) -> None:
        times[0] += 1
        (killed if times[0] == 2 else real)(self, *more)

    monkeypatch.setattr(sending._Sending, "_accept", second_is_killed)
    with pytest.raises(Killed):
        send_now()
    assert DailyPayload.objects.exclude(accepted="").count() == 5
    monkeypatch.setattr(sending._Sending, "_accept", real)
    sent = send_now()
    assert len(sent.accepted) == 7
    assert len(played.children) == 12
    assert [len(request) for request in played.requests] == [5, 5, 5, 2]


# --- Nothing without being told to -------------------------------------------------------------------------------


def test_without_settings_nothing_is_sent_and_it_says_so(db: None, settings: Any, capsys: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(SystemExit) as ended:
        call_command("send_daily")
    assert ended.value.code == 2
    assert "Nothing is configured, and nothing was sent" in capsys.readouterr().err


@pytest.mark.parametrize("missing", list(door.NEEDED))
def test_each_setting_that_is_wanted_is_named(played: Department, settings: Any, missing: str) -> None:
    setattr(settings, missing, "")
    with pytest.raises(NotConfigured, match=door.NEEDED[missing]):
        Door()


def test_a_demonstration_sends_nothing(played: Department, settings: Any) -> None:
    settings.DEMONSTRATION = True
    with pytest.raises(NotConfigured, match="invented"):
        Door()


def test_names_of_children_go_by_https_alone(played: Department, settings: Any) -> None:
    settings.DAILY_SERVER = "http://api.example.gov.uk"
    with pytest.raises(NotConfigured, match="https"):
        Door()


def test_nobody_is_named_in_what_the_command_says(loaded: Any, played: Department, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("send_daily")
    said = capsys.readouterr()
    assert ended.value.code == 0
    assert "12 accepted" in said.out
    assert not [number for number in numbers() if number in said.out + said.err]


def test_children_with_a_plan_and_no_referral_are_told_of(loaded: Any, played: Department, capsys: Any) -> None:
    """The payload has no place for their plan: somebody has to say from which referral it came."""
    child = loaded.person("Cy", "Moss")
    loaded.begin("family_help", "load_in_need", LOAD, person=child, section_17_from=date(2026, 1, 5))
    with pytest.raises(SystemExit):
        call_command("send_daily")
    assert "1 children have enquiries or a plan and no referral" in capsys.readouterr().out
