"""One step for several brothers and sisters: for all or for none, each child's own kept apart, nobody brought in."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from righthelp.engine.also_for import KEPT, AlsoFor
from righthelp.engine.checks import faults_of_page
from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.engine.refusals import Clash, NotTaken
from righthelp.engine.siblings import Own, begin_for_all, offered, own_name, take_for_all, what_was_done
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.packs import pack
from righthelp.people.models import Relationship
from righthelp.people.siblings import siblings_of
from righthelp.record.models import Draft, TimelineEvent

ADE = "Ade Bankole"
TRIED = [{"tried_at": timezone.now(), "tried_how": "Nobody opened at 4pm."}]
REASON = next(code.code for code in pack().codes("closure_reason") if code.until is None)


@pytest.fixture
def family(workplace):
    """Ada, Ben and Cal Pugh and their mother live together; each child has a referral, which Ade holds."""
    born = {"Ada": date(2016, 4, 3), "Ben": date(2018, 5, 4), "Cal": date(2020, 6, 5), "Mary": date(1990, 1, 1)}
    people = {given: workplace.person(given, "Pugh", day) for given, day in born.items()}
    workplace.household(*people.values())
    return {given: case(workplace, people[given]) for given in ("Ada", "Ben", "Cal")}


def case(workplace, person):
    row = workplace.begin("referral", "accept", "Marian Blythe", person=person, received_at=timezone.now())
    return workplace.take(row, "allocate", "Leonard Swann", social_worker=workplace.worker(ADE))


def tied(one, other, kind):
    journal = Journal()
    journal.add(Relationship(person=one, other=other, kind=kind, source="School", recorded_on=date(2024, 1, 1)))
    journal.write(DEMONSTRATION)


def locked_sister(workplace, family):
    """The case of a sister who lives elsewhere, and whose record is locked once the case has begun."""
    dot = workplace.person("Dot", "Pugh", date(2012, 1, 1))
    tied(dot, family["Ada"].person, "HALF_SIBLING")
    row = case(workplace, dot)
    assert names(workplace, family["Ada"]) == ["Dot Pugh", "Ben Pugh", "Cal Pugh"]
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=dot, why="Her own niece")
    return row


def seen(workplace, row, others, who=ADE, **more):
    by = workplace.as_(who)
    answers = {"child_seen_at": timezone.now() - timedelta(minutes=5), "seen_by_whom": "Ade, at home, alone"}
    with looking(by):
        return take_for_all(row, "record_seen", by=by, others=others, **{**answers, **more})


def own(words, **more):
    return Own({"seen_by_whom": words}, **more)


def names(workplace, row, who=ADE, step="record_seen"):
    by = workplace.as_(who)
    with looking(by):
        return [one.name for one in offered(by, type(row), row.steps[step], row=row)]


# --- Who they are --------------------------------------------------------------------------------------------


def test_brothers_and_sisters_live_together_or_are_on_record_as_such(workplace, family):
    ada = family["Ada"].person
    away = workplace.person("Dot", "Pugh", date(2012, 1, 1))
    grown = workplace.person("Eve", "Pugh", date(2000, 1, 1))
    expected = workplace.person("Baby", "Pugh", None, expected_on=timezone.localdate() + timedelta(days=60))
    tied(away, ada, "HALF_SIBLING")
    tied(ada, grown, "SIBLING")
    tied(ada, expected, "SIBLING")
    today = timezone.localdate()
    assert [str(one) for one in siblings_of(ada, today)] == ["Dot Pugh", "Ben Pugh", "Cal Pugh", "Baby Pugh"]


def test_a_mother_of_17_is_not_her_childs_sister(workplace):
    mother = workplace.person("Kim", "Reed", timezone.localdate() - timedelta(days=17 * 366))
    child = workplace.person("Lee", "Reed", timezone.localdate() - timedelta(days=200))
    workplace.household(mother, child)
    tied(mother, child, "MOTHER")
    assert siblings_of(child, timezone.localdate()) == []
    assert siblings_of(mother, timezone.localdate()) == []


def test_those_are_offered_whose_record_the_step_can_be_taken_of(workplace, family):
    assert names(workplace, family["Ada"]) == ["Ben Pugh", "Cal Pugh"]
    workplace.take(family["Ben"], "close", "Leonard Swann", closed_on=timezone.localdate(), closure_reason=REASON)
    assert names(workplace, family["Ada"]) == ["Cal Pugh"]
    assert names(workplace, family["Ada"], step="record_attempt") == [], "offered only where the page says so"


def test_a_locked_sister_is_neither_offered_nor_brought_in(workplace, family, refused):
    dot = locked_sister(workplace, family)
    assert names(workplace, family["Ada"]) == ["Ben Pugh", "Cal Pugh"]
    with refused("also_for", saying="is not offered here"):
        seen(workplace, family["Ada"], {dot.pk: own("Guessed")})


def test_a_child_of_another_family_cannot_be_brought_in(workplace, family, refused):
    stranger = case(workplace, workplace.person("Zed", "Quill"))
    for other in (stranger.pk, family["Ada"].pk, uuid4()):
        with refused("also_for", saying="is not offered here"):
            seen(workplace, family["Ada"], {other: own("Guessed")})


def test_a_step_that_is_for_one_child_is_not_taken_for_two(workplace, family, refused):
    by = workplace.as_(ADE)
    with refused("also_for"), looking(by):
        take_for_all(family["Ada"], "record_attempt", by=by, others={family["Ben"].pk: Own()}, tries=TRIED)


def test_who_may_not_open_a_childs_record_is_told_what_they_did(workplace):
    """A sergeant answers what he is asked of a child who is on record by then."""
    asked = workplace.begin(
        "information_request", "ask", "Nia Prosser", contact=workplace.registered(), question="What do you know?",
        agency=workplace.staff.agencies["Border Counties Police"], about="Ada Pugh", family_agrees="yes",
        answer_by=timezone.now() + timedelta(hours=4),
    )  # fmt: skip
    asked = workplace.take(asked, "reply", "Imran Qureshi", knows="NO")
    with looking(workplace.as_("Imran Qureshi")):
        again = type(asked).objects.get(pk=asked.pk)
        assert what_was_done(again.steps["reply"], [again]) == "Border Counties Police answered."


# --- For all or for none -------------------------------------------------------------------------------------


def test_each_child_has_an_event_and_their_own_answers(workplace, family):
    done = seen(
        workplace, family["Ada"], {family["Cal"].pk: own("Ade, at nursery"), family["Ben"].pk: own("Ade, at school")}
    )
    assert [str(row.person) for row in done] == ["Ada Pugh", "Ben Pugh", "Cal Pugh"]
    kept = {given: workplace.again(row) for given, row in family.items()}
    assert {row.child_seen_at for row in kept.values()} == {done[0].child_seen_at}
    assert {given: row.seen_by_whom for given, row in kept.items()} == {
        "Ada": "Ade, at home, alone",
        "Ben": "Ade, at school",
        "Cal": "Ade, at nursery",
    }
    for row in family.values():
        assert TimelineEvent.objects.filter(entry=row.pk, step="record_seen").count() == 1


def test_a_refusal_for_one_is_said_by_name_and_nothing_is_written_for_any(workplace, family, refused):
    ben = family["Ben"]
    with refused(own_name(ben.pk, "seen_by_whom"), saying="Ben Pugh: "):
        seen(workplace, family["Ada"], {ben.pk: own(""), family["Cal"].pk: own("Ade, at nursery")})
    assert workplace.again(family["Ada"]).child_seen_at is None


def test_what_is_a_childs_own_is_never_taken_from_another(workplace, family, refused):
    with refused(own_name(family["Ben"].pk, "seen_by_whom")):
        seen(workplace, family["Ada"], {family["Ben"].pk: Own()})


def test_what_is_wrong_for_all_alike_is_said_once(workplace, family):
    with pytest.raises(NotTaken) as caught:
        seen(workplace, family["Ada"], {family["Ben"].pk: own("Ade")}, child_seen_at=timezone.now() + timedelta(days=1))
    (fault,) = caught.value.faults
    assert (fault.at, fault.sentence) == ("child_seen_at", "The child cannot have been seen in the future.")


def test_a_sibling_whom_somebody_else_has_changed_is_named(workplace, family, refused):
    ben = family["Ben"]
    workplace.take(ben, "record_attempt", ADE, tries=TRIED)
    with refused(saying="Ben Pugh: Somebody else has changed this record"):
        seen(workplace, family["Ada"], {ben.pk: own("Ade", seen=ben.version)})
    workplace.take(ben, "close", "Leonard Swann", closed_on=timezone.localdate(), closure_reason=REASON)
    with refused(saying="Ben Pugh: Record that the child was seen cannot be done now: this is closed."):
        seen(workplace, family["Ada"], {ben.pk: own("Ade")})


def test_the_childs_own_record_that_has_changed_is_shown_as_ever(workplace, family, refused):
    workplace.take(family["Ada"], "record_attempt", ADE, tries=TRIED)
    with refused(kind=Clash):
        seen(workplace, family["Ada"], {family["Ben"].pk: own("Ade")}, seen=family["Ada"].version)


def test_a_process_is_begun_for_several(workplace, family, monkeypatch, refused):
    page = process("referral")
    monkeypatch.setitem(page.steps, "accept", replace(page.steps["accept"], siblings=True, own=frozenset({"reason"})))
    by, ada, ben = workplace.as_("Marian Blythe"), family["Ada"].person, family["Ben"].person

    def begun(**reasons):
        with looking(by):
            others = {family[given].person.pk: Own({"reason": words}) for given, words in reasons.items()}
            return begin_for_all(
                page, "accept", by=by, person=ada, others=others, received_at=timezone.now(), reason="Hurt"
            )

    assert [(row.person, row.reason) for row in begun(Ben="Saw it")] == [(ada, "Hurt"), (ben, "Saw it")]
    stranger = workplace.person("Zed", "Quill")
    with refused("also_for"), looking(by):
        begin_for_all(page, "accept", by=by, person=ada, others={stranger.pk: Own()}, received_at=timezone.now())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"own": frozenset({"tries"})}, "says that 'tries' is each child's own, and does not ask it"),
        ({"siblings": False}, "is not for several"),
        (
            {"own": frozenset({"child_seen_at"}), "only_when": {"seen_by_whom": ("child_seen_at", frozenset({1}))}},
            "asks all children 'seen_by_whom' by what is each child's own",
        ),
    ],
)
def test_a_page_that_says_amiss_what_is_each_childs_own(monkeypatch, changed, says):
    page = process("referral")
    monkeypatch.setitem(page.steps, "record_seen", replace(page.steps["record_seen"], **changed))
    assert any(says in fault for fault in faults_of_page(page))


# --- On the page ---------------------------------------------------------------------------------------------


@pytest.fixture
def form(client, workplace, family):
    """The page on which Ade records that Ada was seen: get it, or send it with Ben ticked."""
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(ADE).pk})
    return Page(client, workplace, family)


class Page:
    """The form of one step."""

    def __init__(self, client, workplace, family):
        self.client, self.workplace, self.family = client, workplace, family
        self.at = f"/referral/{family['Ada'].pk}/record_seen/"

    def words(self):
        return self.client.get(self.at).content.decode()

    def of(self, given):
        return own_name(self.family[given].pk, "seen_by_whom")

    def send(self, *ticked, at="", **more):
        now = timezone.localtime() - timedelta(minutes=5)
        typed = {
            "seen": self.family["Ada"].version,
            "child_seen_at_day": f"{now.day}/{now.month}/{now.year}",
            "child_seen_at_time": now.strftime("%H:%M"),
            "seen_by_whom": "Ade, at home",
            "also_for": [getattr(one, "pk", one).hex for one in ticked],
            **{f"seen-{row.pk.hex}": row.version for row in self.family.values()},
        }
        return self.client.post(at or self.at, {**typed, **more})


def test_the_page_offers_each_with_their_age_and_logs_nobody_whose_record_it_does_not_show(form):
    words = form.words()
    ben = form.family["Ben"]
    age = ben.person.age_on(timezone.localdate())
    assert f"Ben Pugh, aged {age}" in words
    assert form.of("Ben") in words
    assert not AccessLog.objects.filter(entry=ben.pk, worker=form.workplace.worker(ADE).pk).exists()


def test_it_is_written_for_all_who_are_ticked_and_says_so(form):
    ben = form.family["Ben"]
    answer = form.send(ben, **{form.of("Ben"): "Ade, at school"})
    assert answer.status_code == 302
    said = form.client.get(answer["Location"]).content.decode()
    assert "The child was seen: Ada Pugh and Ben Pugh." in said
    assert form.workplace.again(ben).seen_by_whom == "Ade, at school"
    assert form.workplace.again(form.family["Cal"]).child_seen_at is None
    assert "Ade, at school" not in said
    opened = AccessLog.objects.get(entry=ben.pk, worker=form.workplace.worker(ADE).pk)
    assert (opened.person, opened.relation) == (ben.person.pk, "allocated")
    assert form.of("Ben") in form.words()
    assert "Ade, at school" in form.words(), "what is on record already is shown, not typed again"
    assert AccessLog.objects.filter(entry=ben.pk, worker=form.workplace.worker(ADE).pk).count() > 1


def test_what_is_missing_is_said_at_the_siblings_own_question(form):
    answer = form.send(form.family["Ben"], form.family["Cal"], **{form.of("Ben"): "Ade, at school"}).content.decode()
    assert "Cal Pugh: Answer the question: Who saw the child, and where?" in answer
    assert f'href="#id_{form.of("Cal")}"' in answer
    assert "Ben Pugh: Answer" not in answer
    assert form.workplace.again(form.family["Ada"]).child_seen_at is None


def test_a_forged_tick_is_refused(form):
    stranger = case(form.workplace, form.workplace.person("Zed", "Quill"))
    for forged in (stranger.pk, locked_sister(form.workplace, form.family).pk, uuid4()):
        answer = form.send(forged, **{own_name(forged, "seen_by_whom"): "x"}).content.decode()
        assert "A child whom you ticked is not offered here." in answer
        assert "Quill" not in answer
        assert "Dot" not in answer
    assert form.workplace.again(form.family["Ada"]).child_seen_at is None


def test_a_clash_names_the_child_and_the_next_try_rests_on_what_is_there_now(form):
    ben = form.workplace.take(form.family["Ben"], "record_attempt", ADE, tries=TRIED)
    more = {form.of("Ben"): "Ade, at school"}
    answer = form.send(ben, **more)
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Ben Pugh: Somebody else has changed this record" in words
    assert f'name="seen-{ben.pk.hex}" value="{ben.version}"' in words
    assert Draft.objects.get().answers[form.of("Ben")] == ["Ade, at school"]
    assert form.send(ben, **more, **{f"seen-{ben.pk.hex}": ben.version}).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_keeps_the_ticks_and_each_childs_answers_and_lets_them_go(form):
    ben, keep = form.family["Ben"], f"{form.at}draft/"
    form.send(ben, at=keep, **{form.of("Ben"): "Ade, at school"})
    words = form.words()
    assert f'value="{ben.pk.hex}"' in words
    assert "Ade, at school" in words
    form.send(at=keep)
    answers = Draft.objects.get().answers
    assert not [name for name in answers if name.startswith(KEPT[:2])]
    assert "Ade, at school" not in form.words()


def test_the_relation_is_that_of_the_family_where_there_is_no_other(form, monkeypatch):
    monkeypatch.setattr("righthelp.engine.sight.relation_to", lambda *_: None)
    by = form.workplace.as_(ADE)
    with looking(by):
        page = process("referral")
        typed = QueryDict(f"also_for={form.family['Ben'].pk.hex}")
        also = AlsoFor(by, page, page.steps["record_seen"], row=form.family["Ada"], typed=typed, judge=True)
        assert also.others().keys() == {form.family["Ben"].pk}
    opened = AccessLog.objects.get(entry=form.family["Ben"].pk, worker=by.worker)
    assert opened.relation == "works with their brother or sister"


def test_of_a_sibling_only_what_their_own_answers_reveal_is_asked(workplace, family, monkeypatch):
    page = process("referral")
    asked = {"asks": {"": ("immediate", "reason")}, "only_when": {"reason": ("immediate", frozenset({True}))}}
    step = replace(page.steps["record_seen"], own=frozenset({"immediate", "reason"}), needs=(), **asked)
    monkeypatch.setitem(page.steps, "record_seen", step)
    by, ben, cal = workplace.as_(ADE), family["Ben"].pk, family["Cal"].pk

    def sent(answer):
        typed = QueryDict(f"also_for={ben.hex}&{own_name(ben, 'immediate')}={answer}", mutable=True)
        typed[own_name(cal, "immediate")] = "yes"  # of who is not ticked, whatever stands there
        return AlsoFor(by, page, step, row=family["Ada"], typed=typed, judge=True)

    with looking(by):
        assert sent("no").is_valid()
        also = sent("yes")
        assert not also.is_valid()
        assert list(also.form.errors) == [own_name(ben, "reason")]
        drawn = str(also.form)
        assert drawn.count(f'name="{own_name(ben, "reason")}"') == 1, "beneath the answer that reveals it"
        others = sent("no").others()
        taken = take_for_all(family["Ada"], "record_seen", by=by, others=others, immediate="yes", reason="Hurt")
    assert [(row.immediate, row.reason) for row in taken] == [(True, "Hurt"), (False, "")]
