"""What comes to the small county's front door otherwise than by a partner's form: calls, the public, consultations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin, take
from righthelp.guard.viewers import PUBLIC_FORM, SAMPLE
from righthelp.kernel.moments import local_day
from righthelp.processes.consultation.models import Consultation
from righthelp.processes.contact.models import Contact, ContactDecision
from righthelp.processes.decision_review.models import DecisionReview
from righthelp.processes.help_request.models import HelpRequest
from righthelp.processes.information_on_case.models import InformationOnCase
from tests.county_worries import Telling

if TYPE_CHECKING:
    from tests.county import County

EARLY_HELP = "opened in an emergency"  # whom the county knows by what else she did
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def review(tell: Telling, contact: Contact, key: str) -> None:
    """The decision on a worry, drawn at random to be reviewed, and reviewed."""
    decision = ContactDecision.objects.get(contact=contact.pk)
    drawn = begin(
        DecisionReview, "draw", by=SAMPLE, on=tell.county.now - 2 * HOUR, into=tell.journal,
        person=contact.entry.person, decision=decision, decided_on=local_day(decision.decided_at),
        decided_by=tell.county.worker("front door manager"), week_began_on=local_day(tell.county.now - 3 * DAY),
    )  # fmt: skip
    tell.county.rows[key] = drawn
    found = {"agrees": "no", "would_outcome": "EARLY_HELP", "would_level": 3, "recording": "GOOD", "voice": "PARTLY",
             "consent": "POOR", "finding": tell.county.say("What a reviewer found")}  # fmt: skip
    tell.take(drawn, "review", "locksmith", tell.county.now - HOUR, **found)


def doors(county: County, journal: Journal) -> None:
    """A call by an agency and one that is confirmed, a neighbour, a child, a consultation, and news of an open case."""
    now, tell = county.now, Telling(county, journal)
    call(tell, "call", 3 * HOUR)
    confirmed = call(tell, "call confirmed", 20 * HOUR)
    form = tell.send("form joined", now - 2 * HOUR, confirms=confirmed.reference)
    tell.take(form, "join", "circle member", now - HOUR, joins=confirmed)

    untold = call(tell, "call untold", 2 * DAY, from_name=county.say("Somebody new here"))
    tell.screen(untold, now - 46 * HOUR)
    tell.decide(untold, "ADVICE", now - 40 * HOUR)

    for key, step, who in (("neighbour", "tell", "NEIGHBOUR"), ("young person", "tell_young", "CHILD")):
        told = {
            "who_told": who,
            "child_given": county.say(f"Told {key}"),
            "child_school": county.say("A school"),
            "worry": county.say(f"What a {key} says"),
            "from_name": county.say("Whoever it is"),
            "sender_telephone": county.say("01632 960 777"),
            "sender_lives_at": county.say("9 High Street"),
            "reach_safely": county.say("Not before noon"),
        }
        row = begin(Contact, step, by=PUBLIC_FORM, on=now - 4 * HOUR, into=journal, **told)
        county.rows[key] = row

    consult(tell, "consultation held", 5 * HOUR)
    written = consult(tell, "consultation", 26 * HOUR)
    record(tell, written, 25 * HOUR)
    tell.take(written, "match", "circle member", now - 24 * HOUR, matched_to=county.people["known"],
              match_reason=county.say("Same date of birth"))  # fmt: skip


def early_help(county: County, journal: Journal) -> None:
    """Calls to early help's own line: one without a name, one answered and asked about, one of harm."""
    tell = Telling(county, journal)
    ring(tell, "help call", 3 * HOUR)
    answered = ring(tell, "help call answered", 9 * DAY, child_named="no")
    why = county.say("They only wanted to ask")
    tell.take(answered, "answer", EARLY_HELP, county.now - 8 * DAY, outcome="SIGNPOSTED", level_found=1,
              pointed_to=county.say("A sleep clinic"), outcome_reason=why)  # fmt: skip
    tell.take(answered, "hear_family", EARLY_HELP, county.now - DAY, helped="YES", listened="YES", knows_where="NO",
              family_says=county.say("We sleep again"))  # fmt: skip
    ring(tell, "help call of harm", 2 * HOUR, harm_likely="yes", urgency="RED",
         stepped_up_because=county.say("He was seen to hit her"))  # fmt: skip


def ring(tell: Telling, key: str, ago: timedelta, **told: Any) -> HelpRequest:
    """Somebody of the sender's school rings early help."""
    say, county = tell.say, tell.county
    sender = county.worker("sender")
    answers = {
        "who_rang": "PROFESSIONAL",
        "from_agency": sender.agency,
        "from_name": sender.name,
        "telephone": say("01632 960 666"),
        "wants": say("A quieter evening"),
        "harm_likely": "no",
        "child_named": "yes",
        "child_given": say(key.title()),
        "child_family": say("Hobblethwaite"),
        "child_lives_at": say(f"8 {key} Street"),
        "agreed": "yes",
        **told,
    }
    by = county.as_(EARLY_HELP)
    row = begin(HelpRequest, "take_call", by=by, on=county.now - ago, into=tell.journal, **answers)
    county.rows[key] = row
    return row


def on_open_cases(county: County, journal: Journal) -> None:
    """News of a child with whom a social worker is: one waits to be read, one was read. Their cases are on record."""
    now, tell = county.now, Telling(county, journal)
    for key in ("news", "news read"):
        row = tell.match(tell.send(key, now - 9 * HOUR, **tell.about("known")), "known", now - 8 * HOUR)
        why = county.say("The social worker knows")
        tell.take(row, "pass_on", "circle member", now - 7 * HOUR, passed_on_because=why, told_sender=county.say("Ta"))
        passed = next(one for one in journal.rows(InformationOnCase) if one.contact_id == row.pk)
        county.rows[f"{key} passed"] = passed
    tell.take(passed, "acknowledge", "allocated", now - 6 * HOUR, what_next=county.say("I see her on Thursday"))
    review(tell, county.rows["call untold"], "decision review")


def locked_doors(county: County, journal: Journal) -> None:
    """A call and a consultation about the locked family."""
    tell = Telling(county, journal)
    about = tell.about("locked")
    child = {name: about[name] for name in ("child_given", "child_family", "child_born_on")}
    locked = call(tell, "locked call", 2 * HOUR, **child)
    talked = consult(tell, "locked consultation", 4 * HOUR, **child)
    rung = ring(tell, "locked help call", 5 * HOUR, **child)
    circle = county.people["locked"].circle_id
    assert rung.entry.circle_id == circle
    assert locked.entry.circle_id == talked.entry.circle_id == circle


def call(tell: Telling, key: str, ago: timedelta, **told: Any) -> Contact:
    """A contact worker takes down what somebody of a school says by telephone."""
    say, county = tell.say, tell.county
    sender = county.worker("sender")
    answers = {
        "came_by": "TELEPHONE",
        "received_at": county.now - ago,
        "who_told": "AGENCY",
        "from_agency": sender.agency,
        "from_name": sender.name,
        "sender_telephone": say("01632 960 888"),
        "reach_safely": say("After school"),
        "child_given": say(key.title()),
        "child_family": say("Hobblethwaite"),
        "child_age_told": say("six"),
        "worry": say(f"A worry by {key}"),
        "consent": "GIVEN",
        "consent_from": say("The mother, today"),
        **told,
    }
    by = county.as_("contact worker")
    row = begin(Contact, "take_down", by=by, on=county.now - ago + HOUR, into=tell.journal, **answers)
    county.rows[key] = row
    return row


def consult(tell: Telling, key: str, ago: timedelta, **told: Any) -> Consultation:
    """A professional of the sender's school talks a worry through."""
    say, county = tell.say, tell.county
    sender = county.worker("sender")
    answers = {
        "held_at": county.now - ago,
        "from_agency": sender.agency,
        "from_name": sender.name,
        "telephone": say("01632 960 999"),
        "child_named": "yes",
        "child_given": say(key.title()),
        "child_family": say("Hobblethwaite"),
        **told,
    }
    by = county.as_("circle member")
    row = begin(Consultation, "hold", by=by, on=county.now - ago + HOUR / 4, into=tell.journal, **answers)
    county.rows[key] = row
    return row


def record(tell: Telling, row: Consultation, ago: timedelta) -> None:
    """The social worker writes it down."""
    say = tell.say
    take(
        row,
        "record",
        by=tell.county.as_("circle member"),
        on=tell.county.now - ago,
        into=tell.journal,
        from_name=row.from_name,
        also_there=say("The head teacher"),
        child_named="yes",
        child_given=row.child_given,
        child_family=row.child_family,
        consent="GIVEN",
        worry=say("She is often late"),
        advice=say("Talk with the mother"),
        who_does_what=say("The school rings today"),
        outcome="GO_ON",
        own_note=say("The second time this month"),
    )
