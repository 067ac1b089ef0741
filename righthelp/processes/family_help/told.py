"""What everybody who helps a family is told: composed from the record, one document for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from righthelp.engine.composing import NOTHING, Passage, Section, of
from righthelp.engine.issuing import Recipient
from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.processes.family_help.doing import team_of
from righthelp.processes.family_help.questions import Decision
from righthelp.record.models import Action, Basis, Issue, Outcome

if TYPE_CHECKING:
    from righthelp.processes.family_help.models import FamilyHelp

FAMILY = "The parents or carers"


def recipients(row: FamilyHelp) -> Iterator[Recipient]:
    """The family, whoever leads, and everybody of the team around the family."""
    yield Recipient(FAMILY, how=Issue.How.POST)
    if row.lead_agency and row.lead_agency.kind != "county":
        yield Recipient("" if row.lead else row.lead_name, worker=row.lead, agency=row.lead_agency)
    for one in team_of(row):
        if one.worker:
            yield Recipient(worker=one.worker)
        elif one.agency:
            yield Recipient(f"{one.name}, {one.agency}", agency=one.agency)
        else:
            yield Recipient(f"{one.name}, {one.who}", how=Issue.How.POST)


def tell_of_level(row: FamilyHelp, title: str) -> None:
    """The level of help has changed: why, who leads from now on, and that the plan and its people go on."""
    goes_on = "The plan goes on as it is, with the same people."
    row.also.issue_composed(
        title,
        [
            Section("", [Passage(f"This is about {row.about}."), Passage(row.level_words), Passage(goes_on)]),
            Section("Why", [of(row, "level_why", row.also, label="")]),
            Section("Who leads from now on", [Passage(row.leads_in_words)]),
            *_plan(row),
        ],
        recipients(row),
    )


def tell_of_closing(row: FamilyHelp) -> None:
    """Help has ended: the family's own plan for keeping well, and what was reached, for all who helped."""
    assert row.closed_on is not None  # the step asks for it
    ended = f"{row.title()} for {row.about} ended on {write_date(row.closed_on)}."
    reason = of(row, "closing_reason", row.also, label="")
    says = of(row, "family_says", row.also, basis=Basis.TOLD, said_by=FAMILY, label="")
    row.also.issue_composed(
        f"{row.title()}: how it ended",
        [
            Section("", [Passage(ended), reason]),
            Section("The family's wellbeing plan", [of(row, "wellbeing_plan", row.also, label="")]),
            Section("What was reached", [Passage(_reached(one), item=True) for one in _outcomes(row)]),
            Section("What the family says", [says]),
            Section("If things get harder again", [Passage(_come_back())]),
        ],
        recipients(row),
    )


def tell_of_withdrawal(row: FamilyHelp) -> None:
    """The family no longer agrees: nobody goes on in their name."""
    day = write_date(local_day(row.also.on))
    row.also.issue_composed(
        f"{row.title()} has ended",
        [
            Section("", [Passage(f"This is about {row.about}. On {day} the family said that they no longer agree.")]),
            Section("What happens now", [Passage("Help by agreement ends today."), Passage(_come_back())]),
        ],
        recipients(row),
    )  # fmt: skip


def tell_asker(row: FamilyHelp) -> None:
    """Whoever asked is told what the panel decided, and why."""
    if row.from_agency is None:
        return
    words = [f"This is about {row.about}.", f"The panel decided: {row.label('panel_decision', row.panel_decision)}."]
    words += [row.panel_reason]
    if row.panel_decision == Decision.NOT_NOW:
        words.append(_come_back())
    to = Recipient(worker=row.from_worker, agency=row.from_agency)
    row.also.issue_to((f"{row.title()}: what the panel decided", "\n\n".join(words)), [to])


def _come_back() -> str:
    team = pack().word("early_help_team")
    return f"You can come back at any time: speak with somebody whom you trust, or with the {team}."


def _plan(row: FamilyHelp) -> Iterator[Section]:
    wanted = [one for one in _outcomes(row) if one.is_wanted]
    yield Section("What is to be different", [Passage(one.words, item=True) for one in wanted], if_empty=NOTHING)
    still = [one for one in row.also.rows_at(Action, row.pk) if one.is_open]
    doing = [Passage(f"{one.what} {one.who}, by {write_date(one.due_on)}.", item=True) for one in still]
    yield Section("Who does what, by when", doing, if_empty=NOTHING)


def _outcomes(row: FamilyHelp) -> list[Outcome]:
    """As the step in hand leaves them."""
    now = {one.pk: one for one in row.also.told.get("outcomes_now", [])}
    return [now.get(one.pk, one) for one in row.also.rows_at(Outcome, row.pk)]


def _reached(outcome: Outcome) -> str:
    return f"{outcome.words} {outcome.get_reached_display()}. {outcome.reached_says}".strip()
