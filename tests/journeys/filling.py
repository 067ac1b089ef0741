"""The families whom the journeys meet, each journey its own, brought in by the steps that a worker would take."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django

from .filling_help import FillingHelp


def main() -> None:
    """Fill an empty county."""
    from righthelp.guard.viewers import DEMONSTRATION, looking

    with looking(DEMONSTRATION):
        Filling().fill()


class Filling:
    """Makes staff, then families who are known already, then the worries that wait on the board."""

    def __init__(self) -> None:
        from righthelp.demo.staff import make_staff
        from righthelp.engine.journal import Journal
        from righthelp.guard.viewers import DEMONSTRATION

        journal = Journal()
        self.staff = make_staff(journal, schools=3, practices=2)
        journal.write(DEMONSTRATION)

    def fill(self) -> None:
        """Everybody whom a journey needs before its first page."""
        for family, home, postcode, (girl, girl_born), (boy, boy_born) in (
            ("Pritchard", "14 Orchard Row", "HR1 2QD", ("Maisie", date(2017, 4, 3)), ("Theo", date(2014, 11, 20))),
            ("Bramwell", "3 Weir End", "HR9 6AD", ("Cora", date(2017, 4, 3)), ("Felix", date(2014, 11, 20))),
            ("Tranter", "9 Chapel Street", "HR4 0BX", ("Isabelle", date(2016, 5, 6)), ("Noah", date(2019, 9, 1))),
        ):
            self.known_family([(girl, girl_born, "F"), (boy, boy_born, "M")], family, home, postcode)
            late = "Late for school most days in the autumn."
            earlier = self.worry(girl, family, girl_born, late, home=f"{home}, {postcode}", days=150)
            self.matched(earlier, f"{girl} {family}", days=150)
            self.decided(earlier, "NO_FURTHER_ACTION", 1, "School has it in hand with the family.", days=149)

        gwen = self.worry("Gwen", "Astley", date(2012, 9, 9), "She was tired and sad in lessons.", days=90)
        self.registered(gwen, days=90)
        self.decided(gwen, "ADVICE", 1, "Advice about sleep was enough.", days=89)

        for given, what in (
            ("Idris", "He has had no breakfast this week."),
            ("Idriss", "He says that he sleeps in the kitchen."),
        ):
            penhale = self.registered(self.worry(given, "Penhale", date(2015, 8, 2), what, days=30), days=30)
            self.decided(penhale, "ADVICE", 1, "School has it in hand.", days=29)

        for given, born, what in (
            ("Rhys", date(2015, 5, 17), "Rhys came to school without a coat or lunch four times this month."),
            ("Bryony", date(2013, 2, 2), "Bryony says that she cannot sleep for the shouting at home."),
        ):
            self.registered(self.started(self.worry(given, "Gammage", born, what, sender="Tom Fairley"), "AMBER"))
        for given, born, what in (
            ("Poppy", date(2018, 1, 30), "Mum asks for help with bedtimes and getting out of the house."),
            ("Alfie", date(2011, 7, 7), "Alfie looks after his grandfather before and after school."),
            ("Nesta", date(2016, 10, 12), "Nesta's father asks where he can find a playgroup."),
            ("Owen", date(2014, 3, 28), "Owen was sad for a week after his dog died."),
        ):
            self.registered(self.started(self.worry(given, "Ludlow", born, what), "GREEN"))
        jude = self.worry("Jude", "Carver", date(2020, 6, 1), "A burn on his hand that nobody can explain.", harm="yes")
        self.registered(self.started(jude, "RED"))
        self.worry("Seren", "Whitlock", date(2019, 12, 24), "Seren's mother has gone, and nobody knows where.")

        self.listed("River Room", "A room by the river with music and toys for babies", telephone="01632 960301")
        self.listed("Homework Barn", "A quiet barn with tea and help with homework after school", telephone="")

        imogen = self.known_family([("Imogen", date(2015, 8, 8), "F")], "Thorne", "3 Castle Green", "HR4 9AB")[0]
        self.locked(imogen)
        FillingHelp(self).fill()

    def as_(self, name: str) -> Any:
        """The viewer that a named worker is."""
        from righthelp.guard.viewers import worker_looking

        viewer = worker_looking(self.staff.workers[name].pk)
        assert viewer is not None
        return viewer

    def known_family(self, children: list[tuple[str, date, str]], family: str, lines: str, postcode: str) -> list[Any]:
        """Children who are on record: a name, a birth date, an address, a school, a household."""
        from righthelp.engine.journal import Journal
        from righthelp.guard.viewers import DEMONSTRATION
        from righthelp.people.models import Household, HouseholdMember, Involvement
        from righthelp.people.rows import Source, new_person
        from righthelp.people.told import Told

        journal, told_on = Journal(), date.today() - timedelta(days=200)  # noqa: DTZ011  (only its age matters)
        household = Household()
        journal.add(household)
        people = []
        for given, born_on, sex in children:
            told = Told(given=given, family=family, born_on=born_on, sex=sex, lines=lines, postcode=postcode)
            rows = new_person(told, Source("School census", told_on))
            said = {"person": rows[0], "source": "School census", "recorded_on": told_on}
            journal.add(*rows, HouseholdMember(household=household, **said))
            school = self.staff.agencies["Hill Lane Primary School"]
            journal.add(Involvement(agency=school, kind=Involvement.Kind.SCHOOL, **said))
            people.append(rows[0])
        journal.write(DEMONSTRATION)
        return people

    def worry(
        self,
        given: str,
        family: str,
        born_on: date,
        what: str,
        *,
        sender: str = "Ruth Adeyemi",
        home: str = "",
        days: int = 0,
        harm: str = "no",
    ) -> Any:
        """A worry, sent so many days ago (today: an hour ago)."""
        from righthelp.engine.taking import begin
        from righthelp.guard.viewers import looking
        from righthelp.processes.contact.models import Contact

        by = self.as_(sender)
        lives_at, _, postcode = (home or f"2 {family} Lane, HR2 6AA").rpartition(", ")
        with looking(by):
            return begin(
                Contact, "send", by=by, on=_ago(days, hours=1), child_given=given, child_family=family,
                child_born_on=born_on.isoformat(),
                child_lives_at=lives_at, child_postcode=postcode,
                worry=what, significant_harm_likely=harm, consent="GIVEN", consent_from="The mother, this week",
                child_says_basis="NOT_ASKED", family_knows="yes", sender_telephone="01632 960001",
            )  # fmt: skip

    def _take(self, contact: Any, step: str, by: str, on: Any = None, **answers: Any) -> Any:
        from righthelp.engine.taking import take
        from righthelp.guard.viewers import looking

        viewer = self.as_(by)
        with looking(viewer):
            return take(type(contact).objects.get(pk=contact.pk), step, by=viewer, on=on, **answers)

    def started(self, contact: Any, urgency: str) -> Any:
        return self._take(contact, "start", "Sam Holt", urgency=urgency, urgency_reason="From what the school wrote.")

    def registered(self, contact: Any, days: int = 0) -> Any:
        return self._take(contact, "register", "Sam Holt", _ago(days), match_reason="Nobody on record is like them.")

    def matched(self, contact: Any, called: str, days: int = 0) -> Any:
        from righthelp.people.models import Person

        person = Person.objects.get(called=called)
        why = "Same name, date of birth and address."
        return self._take(contact, "match", "Sam Holt", _ago(days), matched_to=person, match_reason=why)

    def decided(self, contact: Any, outcome: str, level: int, why: str, days: int = 0) -> Any:
        answers = {"outcome": outcome, "level": level, "decision_reason": why, "parents_told": "YES"}
        return self._take(contact, "decide", "Carl Denny", _ago(days), **answers)

    def listed(self, name: str, what: str, *, telephone: str) -> None:
        """A service in the directory, kept by the agency of Grace Okoro."""
        from righthelp.engine.process import process
        from righthelp.engine.taking import begin
        from righthelp.guard.viewers import DIRECTORY

        begin(
            process("service_listing"), "bring_in", by=DIRECTORY, on=_ago(30), name=name, organisation="River Friends",
            organisation_does="Volunteers who keep rooms for families.", what=what, for_whom="All", how="Walk in.",
            helps_with=["COMPANY"], asked_by=["DROP_IN"], places=["COUNTY"], telephone=telephone,
            agency=self.staff.workers["Grace Okoro"].agency, source="Invented",
            pack_key=name.lower().replace(" ", "_"),
        )  # fmt: skip

    def locked(self, person: Any) -> None:
        """Locked by the head of service to a circle of two."""
        from righthelp.engine.taking import begin
        from righthelp.guard.viewers import looking
        from righthelp.processes.locked_circle.models import LockedCircle

        by = self.as_("Sylvia Marchetti")
        with looking(by):
            begin(
                LockedCircle, "lock", by=by, person=person, why="A worker of ours is her aunt.",
                members=[{"worker": str(self.staff.workers["Marian Blythe"].pk)}],
            )  # fmt: skip


def _ago(days: int, hours: int = 0) -> Any:
    from django.utils import timezone

    return timezone.now() - timedelta(days=days, hours=hours)


if __name__ == "__main__":
    django.setup()
    main()
