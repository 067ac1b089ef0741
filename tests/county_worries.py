"""What is told and done in the small county: a worry in every state, what came of each, and a family's lock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin, take
from righthelp.guard.log import looked
from righthelp.guard.viewers import looking
from righthelp.people.differences import differences
from righthelp.people.merging import fingerprint
from righthelp.people.unmerging import key_of
from righthelp.processes.break_glass.models import BreakGlass
from righthelp.processes.child_details.models import ChildDetails
from righthelp.processes.contact.models import Contact
from righthelp.processes.help_request.models import HelpRequest
from righthelp.processes.information_request.models import InformationRequest
from righthelp.processes.locked_circle.models import LockedCircle
from righthelp.processes.network_member.models import NetworkMember
from righthelp.processes.referral.models import Referral
from righthelp.processes.same_person.doing import to_be_said
from righthelp.processes.same_person.models import SamePerson
from righthelp.record.models import Draft
from tests.county_families import told_of

if TYPE_CHECKING:
    from tests.county import County

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Telling:
    """Takes the steps of the story, each by the worker whose part it is."""

    def __init__(self, county: County, journal: Journal) -> None:
        self.county = county
        self.journal = journal
        self.say = county.say

    def send(self, key: str, when: datetime, by: str = "sender", **told: Any) -> Contact:
        """A partner tells the front door of a worry."""
        say = self.say
        answers = {
            "child_given": say(f"{key.title()}"),
            "child_family": say("Hobblethwaite"),
            "child_known_as": say(f"Little {key}"),
            "child_born_on": "4 4 2014",
            "child_sex": "F",
            "child_lives_at": say(f"3 {key} Lane"),
            "child_school": say(f"{key} School"),
            "child_language": say("English, and likes pictures"),
            "worry": say(f"A worry that is {key}"),
            "happened": say("It was seen on Monday"),
            "going_well": say("Comes to breakfast club"),
            "tried": say("A talk with the mother"),
            "significant_harm_likely": "no",
            "sender_level": "3",
            "child_says_basis": "OWN_WORDS",
            "child_says": say("I do not like it at home"),
            "consent": "REFUSED",
            "without_consent": "NOT_REASONABLE",
            "without_consent_because": say("The mother could not be reached"),
            "family_knows": "no",
            "family_must_not_know": say("Who told us of the quarrel"),
            "sender_telephone": say("01432 000 123"),
            "adults": [
                {
                    "name": say("Ermintrude Hobblethwaite"),
                    "relationship": "MOTHER",
                    "parental_responsibility": "YES",
                    "lives_with_child": "yes",
                    "telephone": say("01432 000 456"),
                }
            ],
            **told,
        }
        row = begin(Contact, "send", by=self.county.as_(by), on=when, into=self.journal, **answers)
        self.county.rows[key] = row
        return row

    def about(self, key: str) -> dict[str, str]:
        """The child of a worry as told, when it is about somebody who is known."""
        told = told_of(self.county, key)
        return {
            "child_given": told.given,
            "child_family": told.family,
            "child_known_as": "",
            "child_born_on": f"{told.born_on:%d %m %Y}" if told.born_on else "",
            "child_lives_at": told.lines,
            "child_postcode": told.postcode,
            "child_sex": "",
        }

    def take(self, row: Any, step: str, by: str, when: datetime, **answers: Any) -> Any:
        return take(row, step, by=self.county.as_(by), on=when, into=self.journal, **answers)

    def screen(self, row: Contact, when: datetime, urgency: str = "AMBER") -> Contact:
        """Screening begins, and nobody on record is this child."""
        self.take(
            row, "start", "circle member", when, urgency=urgency, urgency_reason=self.say("There are small children")
        )
        if not row.entry.person_id:
            self.take(row, "register", "circle member", when, match_reason=self.say("Nobody of this name is known"))
        self.take(row, "note", "circle member", when, screening_note=self.say("The school knows the family well"))
        return row

    def match(self, row: Contact, key: str, when: datetime) -> Contact:
        person = self.county.people[key]
        self.take(row, "match", "circle member", when, matched_to=person, match_reason=self.say("Same date of birth"))
        return row

    def decide(self, row: Contact, outcome: str, when: datetime, step: str = "decide", **more: Any) -> Contact:
        answers = {
            "outcome": outcome,
            "level": "4" if outcome in {"REFERRAL", "IMMEDIATE"} else "2",
            "decision_reason": self.say(f"Because it is {outcome}"),
            "parents_told": "NO",
            "parents_not_told_because": self.say("It would put the child at risk"),
            "told_sender": self.say("We shall see the family this week"),
            **more,
        }
        return self.take(row, step, "front door manager", when, **answers)  # type: ignore[no-any-return]

    def ask(self, key: str, contact: Contact, agency: str, when: datetime) -> InformationRequest:
        row = begin(
            InformationRequest,
            "ask",
            by=self.county.as_("circle member"),
            on=when,
            into=self.journal,
            contact=contact,
            agency=self.county.staff.agencies[agency],
            about=self.say(f"{contact.child_given} {contact.child_family}"),
            question=self.say("What do you know of the family?"),
            family_agrees="no",
            lawful_reason="RAISES_RISK",
            answer_by=self.county.now + 6 * HOUR,
        )
        self.county.rows[key] = row
        return row

    def answer(self, row: InformationRequest, when: datetime) -> None:
        self.take(row, "reply", "asked", when, knows="YES", answer=self.say("The baby was seen, and well"))

    def relative(self, key: str, child: str, by: str) -> None:
        """Somebody is added to a child's family and network."""
        self.county.rows[key] = begin(
            NetworkMember,
            "add_new",
            by=self.county.as_(by),
            person=self.county.people[child],
            into=self.journal,
            given=self.say(f"Hepzibah {key.title()}"),
            family=self.say("Aumbry"),
            born_on="1 2 1970",
            relation="AUNT_OR_UNCLE",
            parental_responsibility="NO",
            lives_with_child="no",
            told_by=self.say("The grandmother, at home"),
        )
        self.county.people[f"{key} herself"] = self.county.rows[key].relative

    def details(self, key: str, child: str, by: str) -> None:
        """Somebody puts right what a return asks of a child."""
        self.county.rows[key] = begin(
            ChildDetails,
            "put_right",
            by=self.county.as_(by),
            person=self.county.people[child],
            into=self.journal,
            ethnicity="WBRI",
            told_by=self.say("The mother, at the first visit"),
        )

    def duplicate(self, key: str, one: str, other: str, by: str) -> None:
        """Two records are said to be of one person."""
        self.county.rows[key] = begin(
            SamePerson,
            "propose",
            by=self.county.as_(by),
            person=self.county.people[one],
            into=self.journal,
            other=self.county.people[other],
            why=self.say("The school knows only one child of this name"),
        )

    def merged_by_mistake(self, key: str, one: str, other: str) -> None:
        """Two records are merged, something is written, and they are separated again."""
        self.duplicate(key, one, other, "allocated")
        row, now = self.county.rows[key], self.county.now
        manager = self.county.as_("front door manager")
        with looking(manager):
            lines, shown = differences(row.stays, row.other), fingerprint(row.stays, row.other)
        decisions = [{"slot": line.slot, "keeps": "STAYS"} for line in lines]
        because = self.say("The mother said that there is only one")
        row = self.take(
            row, "merge", "front door manager", now, decisions=decisions, shown=shown, merged_because=because
        )
        self.relative(f"{key} relative", one, "allocated")
        with looking(self.county.as_("information governance")):
            assigned = [{"key": key_of(since, name), "belongs": "STAYS"} for since, name in to_be_said(row)]
        because = self.say("Both twins were seen at school")
        self.county.rows[key] = self.take(
            row, "separate", "information governance", now, assigned=assigned, separated_because=because
        )


def worries(county: County, journal: Journal) -> None:
    """A worry in every state and with every decision, most of them sent by one school."""
    say, now, tell = county.say, county.now, Telling(county, journal)
    together = {
        "other_children": [
            {"given": say("Bartholomew"), "family": say("Hobblethwaite"), "born_on": "9 9 2016", "worried_too": "yes"},
            {"given": say("Clementine"), "family": say("Hobblethwaite"), "born_on": "1 2 2020", "worried_too": "no"},
        ]
    }
    received = tell.send("received", now - 2 * HOUR, **together)
    county.rows["received sibling"] = next(
        row for row in journal.rows(Contact) if row.sent_together == received.sent_together and row is not received
    )

    screening = tell.screen(tell.send("screening", now - 5 * HOUR), now - 4 * HOUR, "RED")
    tell.ask("asked", screening, "Wyeside Community Health", now - 3 * HOUR)

    held = tell.screen(tell.send("held", now - 30 * HOUR, by="lead of the sender"), now - 29 * HOUR)
    tell.answer(tell.ask("answered", held, "Wyeside Community Health", now - 28 * HOUR), now - 20 * HOUR)
    withdrawn = tell.ask("withdrawn", held, "Open Door Youth Trust", now - 28 * HOUR)
    tell.take(withdrawn, "withdraw", "circle member", now - 27 * HOUR, withdrawn_because=say("The family has moved"))
    tell.take(held, "hold", "circle member", now - 26 * HOUR, hold_reason=say("The health visitor is away"))

    known = tell.send("known", now - 3 * DAY, **tell.about("known"))
    tell.screen(tell.match(known, "known", now - 3 * DAY), now - 3 * DAY)
    tell.decide(known, "REFERRAL", now - 2 * DAY)
    referral = _arisen(journal, Referral, known)
    county.rows["referral"] = referral
    social_worker = county.worker("allocated")
    tell.take(referral, "allocate", "team manager", now - 2 * DAY, social_worker=social_worker)
    tell.take(
        referral, "record_seen", "allocated", now - DAY, child_seen_at=now - DAY, seen_by_whom=say("Ade, at school")
    )
    tried = [{"tried_at": now - DAY, "tried_how": say("Nobody opened the door at first")}]
    tell.take(referral, "record_attempt", "allocated", now - DAY, tries=tried)

    immediate = tell.screen(tell.send("immediate", now - 8 * DAY, by="Imran Qureshi"), now - 8 * DAY, "RED")
    tell.decide(immediate, "IMMEDIATE", now - 8 * DAY)
    county.rows["immediate referral"] = _arisen(journal, Referral, immediate)

    helped = tell.screen(tell.send("helped", now - 6 * DAY), now - 6 * DAY, "GREEN")
    tell.decide(helped, "EARLY_HELP", now - 5 * DAY, early_help_agreed="yes")
    request = _arisen(journal, HelpRequest, helped)
    county.rows["help request"] = request
    tell.take(request, "take_on", "opened in an emergency", now - 5 * DAY)
    tell.take(request, "speak", "opened in an emergency", now - 4 * DAY, family_spoken_to=say("The aunt wants a break"))

    changed = tell.screen(tell.send("changed", now - 50 * DAY), now - 50 * DAY, "GREEN")
    tell.decide(changed, "NO_FURTHER_ACTION", now - 49 * DAY)
    tell.decide(
        changed,
        "SIGNPOSTING",
        now - 48 * DAY,
        step="decide_again",
        why_changed=say("The grandmother rang"),
        signposted_to=say("The family hub on Mondays"),
    )
    _drafts(county, journal)


def relatives(county: County, journal: Journal) -> None:
    """Two records that may be of one child, two that were merged by mistake, and an aunt who was added to a family."""
    tell = Telling(county, journal)
    tell.relative("relative", "known", "allocated")
    tell.details("details", "known", "allocated")
    tell.duplicate("duplicate", "known", "doubled", "allocated")
    tell.merged_by_mistake("separated", "twin", "other twin")


def locked_relatives(county: County, journal: Journal) -> None:
    """The same of the locked family, as somebody of its circle writes it."""
    tell = Telling(county, journal)
    tell.relative("locked relative", "locked", "circle member")
    tell.details("locked details", "locked", "circle member")
    tell.duplicate("locked duplicate", "stranger", "locked sibling", "circle member")


def _drafts(county: County, journal: Journal) -> None:
    """What two workers have begun to type: one a worry, one a note on a worry."""
    for key, who, step, entry in (
        ("draft of a worry", "sender", "send", None),
        ("draft of a note", "circle member", "note", county.rows["screening"].pk),
    ):
        words = (
            {"worry": [county.say("Not sure yet")]} if step == "send" else {"screening_note": [county.say("So far")]}
        )
        draft = Draft(
            worker=county.worker(who), kind="contact", step=step, entry_id=entry, answers=words, saved_at=county.now
        )
        journal.add(draft)
        county.rows[key] = draft


def lock(county: County, journal: Journal) -> None:
    """A worry about the family, decided while anybody could read it; then the family's records are locked."""
    say, now, tell = county.say, county.now, Telling(county, journal)
    before = tell.send("locked before", now - 20 * DAY, **tell.about("locked"))
    tell.screen(tell.match(before, "locked", now - 20 * DAY), now - 20 * DAY)
    tell.decide(before, "REFERRAL", now - 19 * DAY)
    county.rows["locked referral"] = _arisen(journal, Referral, before)
    # A record may be opened by somebody from whom it is locked later.
    looked("a child's summary", viewer=county.as_("without relation"), person=county.people["locked"].pk)
    county.rows["lock"] = begin(
        LockedCircle,
        "lock",
        by=county.as_("locksmith"),
        on=now - 10 * DAY,
        person=county.people["locked"],
        into=journal,
        why=say("The father works at the front door"),
        members=[{"worker": county.worker("circle member")}],
    )


def locked_worries(county: County, journal: Journal) -> None:
    """A worry about the locked family that is open, with an agency asked; and an emergency opening, closed since."""
    say, now, tell = county.say, county.now, Telling(county, journal)
    told = told_of(county, "locked")
    opening = begin(
        BreakGlass,
        "open",
        by=county.as_("opened in an emergency"),
        on=now - 5 * DAY,
        into=journal,
        child_given=told.given,
        child_family=told.family,
        child_born_on=told.born_on,
        why=say("A neighbour hears crying"),
    )
    county.rows["emergency opening"] = opening
    locked = tell.send("locked", now - 6 * HOUR, **tell.about("locked"))
    tell.screen(tell.match(locked, "locked", now - 5 * HOUR), now - 5 * HOUR, "RED")
    tell.ask("locked asked", locked, "Wyeside Community Health", now - 4 * HOUR)
    unmatched = tell.send("locked unmatched", now - HOUR, **tell.about("locked sibling"))
    assert unmatched.entry.circle_id == county.people["locked sibling"].circle_id


def _arisen(journal: Journal, page: Any, contact: Contact) -> Any:
    return next(row for row in journal.rows(page) if row.contact_id == contact.pk)
