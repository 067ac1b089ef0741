"""One notification as words: what each is called, and reading them into the answers of a step, or their faults.

A file and a program come in by the same door: `read_row` takes a mapping of words by column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from righthelp.engine.answers import Asked, asked_by, clean
from righthelp.engine.codes import CodeField
from righthelp.kernel.page import Fault
from righthelp.kernel.written import NotADate, read_date, read_time
from righthelp.people.keys import plain
from righthelp.processes.police_notification import needs
from righthelp.processes.police_notification.models import AS_TOLD, MUST, PoliceNotification

PAGE = PoliceNotification
# What the words of a row answer: who sent it is known otherwise, and the school is looked for by its name.
ASKED = replace(PAGE.steps["notify"], asks={"": tuple(AS_TOLD)})
WORDS_FOR = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}
SEXES = {"f": "F", "female": "F", "girl": "F", "m": "M", "male": "M", "boy": "M", "u": "U", "not known": "U",
         "unknown": "U"}  # fmt: skip
DAY, TIME = "attended_on", "attended_time"


@dataclass(frozen=True)
class Column:
    """A column of the file: its key for programs, its heading for people, what stands in it, an example."""

    key: str
    heading: str
    means: str
    example: str
    must: bool

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The codes that it may hold, with their words; none where any words will do."""
        if self.key == "child_sex":
            return [("F", "Female"), ("M", "Male"), ("U", "Not known")]
        named = PAGE._meta.get_field(_field(self.key))
        return [(one.code, one.label) for one in named.codes()] if isinstance(named, CodeField) else []


def _column(key: str, heading: str, means: str, example: str) -> Column:
    return Column(key, heading, means, example, _field(key) in MUST)


def _field(key: str) -> str:
    return "attended_at" if key in {DAY, TIME} else key


COLUMNS = (
    _column("incident_number", "Incident number", "The same for every child of one incident.", "00214-12112026"),
    _column(DAY, "Attended on", "The day on which officers attended, as you write dates.", "12 11 2026"),
    _column(TIME, "Attended at", "The time, on the 24-hour clock or with am or pm.", "21:40"),
    _column("category", "Category", "What the police were called to.", "Domestic abuse"),
    _column("risk_grading", "Risk grading", "As the police graded it.", "Medium"),
    _column("place", "Where", "Where it happened.", "14 Weir Close, Ledwyche"),
    _column("officers_saw", "What officers saw", "In the officers' own words: what they saw, heard and did.",
            "Shouting heard from the street. A plate was broken. The man was arrested and left with officers."),
    _column("people_there", "Who was there", "Adults and others who were there, and who they are to the child.",
            "Mother; mother's partner"),
    _column("child_given", "Child's first name", "One row for each child.", "Mollie"),
    _column("child_family", "Child's last name", "", "Tranter-Vale"),
    _column("child_born_on", "Child's date of birth", "Leave it empty if it is not known.", "3 4 2017"),
    _column("child_sex", "Child's sex", "", "F"),
    _column("child_lives_at", "Child's address", "Where the child lives, without the postcode.",
            "14 Weir Close, Ledwyche"),
    _column("child_postcode", "Child's postcode", "", "HR4 9ZZ"),
    _column("address_is_secret", "Address is secret", "Yes if somebody must not learn it, such as a refuge.", "no"),
    _column("child_was", "Where the child was", "Whether the child saw it, heard it or was in the home.",
            "They heard it"),
    _column("child_said", "What the child said or showed", "In the child's own words, if they spoke.",
            "She said: I put the pillow on my ears."),
    _column("school_named", "School", "As the child or parent named it.", "Hill Lane Primary School"),
    _column("safety_note", "Safety note", "Who must not be contacted or told, and why.",
            "Do not ring the landline: he answers it."),
    _column("officer", "Officer", "Who attended, and how to reach them.", "PC 0000, response team B"),
)  # fmt: skip
HEADINGS = {column.key: column.heading for column in COLUMNS}
NEEDED = [column.key for column in COLUMNS if column.must]


@dataclass(frozen=True)
class Read:
    """A row that was read: the answers of the step `notify`, or what is wrong, each fault at its column."""

    answers: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def questions() -> Asked:
    """The questions of the step, for whoever reads many rows one after another."""
    return asked_by(PAGE, ASKED)


def read_row(words: Mapping[str, str], asked: Asked | None = None) -> Read:
    """Words by column key as the answers of `notify`, or every fault found: one way in for a file and a program."""
    faults = [Fault(f"There is no column called {key[:60]}.", at=key) for key in sorted(words.keys() - HEADINGS.keys())]
    said = {key: str(words.get(key) or "").strip() for key in HEADINGS}
    answers: dict[str, Any] = {}
    for name in AS_TOLD:
        answers[name], fault = _moment(said) if name == "attended_at" else _answer(name, said[name])
        faults += fault
    faulty = {_field(fault.at) for fault in faults}
    cleaned, wrong = clean(PAGE, ASKED, answers, asked)
    faults += [Fault(fault.sentence, at=_place(fault)) for fault in wrong if fault.at not in faulty]
    kept = {name: cleaned[name] for name in AS_TOLD if name in cleaned}
    if not faults:
        row = PAGE(**kept)
        for need in needs.OF_A_ROW:
            if found := need(row):
                faults.append(Fault(found.sentence, at=_place(found)))
    return Read(kept, faults)


def _place(fault: Fault) -> str:
    """The column of a fault: what is left to be wrong with a moment is wrong with its time."""
    return TIME if fault.at == "attended_at" else fault.at


def _moment(said: Mapping[str, str]) -> tuple[list[str], list[Fault]]:
    faults = []
    for key, read in ((DAY, read_date), (TIME, read_time)):
        if not said[key]:
            faults.append(_missing(key))
            continue
        try:
            read(said[key])
        except NotADate as wrong:
            faults.append(Fault(f"{wrong}.", at=key))
    return [said[DAY], said[TIME]], faults


def _missing(key: str) -> Fault:
    return Fault(f"{HEADINGS[key]} is missing. It is always needed.", at=key)


def _answer(name: str, said: str) -> tuple[Any, list[Fault]]:
    """An answer in the form's own terms: a code for its words, yes or no for what people write."""
    column = PAGE._meta.get_field(name)
    if not said:
        return "", [_missing(name)] if name in MUST else []
    if name == "address_is_secret":
        return _one_of(name, said, WORDS_FOR, ["Yes", "No"])
    if name == "child_sex":
        return _one_of(name, said, SEXES, ["F", "M", "U"])
    if isinstance(column, CodeField):
        codes = list(column.codes())
        meant = {_bare(one.label): one.code for one in codes} | {_bare(one.code): one.code for one in codes}
        return _one_of(name, said, meant, [one.label for one in codes])
    return said, []


def _bare(words: str) -> str:
    return plain(words.replace("_", " "))


def _one_of(name: str, said: str, meant: Mapping[str, str], offered: list[str]) -> tuple[str, list[Fault]]:
    for form in (said.casefold(), _bare(said)):
        if form in meant:
            return meant[form], []
    return "", [Fault(f"“{said[:60]}” is not one of: {', '.join(offered)}.", at=name)]
