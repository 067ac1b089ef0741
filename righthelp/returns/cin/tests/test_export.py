"""The county's own record as a CIN Census: whole, in order, the same each time, and what another county can load."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from lxml import etree

from righthelp.guard.models import AccessLog
from righthelp.kernel.moments import first_moment
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.processes.conftest import Chain
from righthelp.returns.cin import exporting, structure
from righthelp.returns.cin.exporting import Exported, export
from righthelp.returns.cin.from_record import Year, of_children
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.structure import Item
from righthelp.returns.cin.tests.conftest import load
from righthelp.returns.cin.tests.given_back import said_by_file
from righthelp.returns.cin.tests.making import file_of

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "cin.xml"


@pytest.fixture
def chain(workplace: Any) -> Chain:
    """Cy Moss, about whom nothing is known yet."""
    return Chain(workplace, workplace.person("Cy", "Moss", date(2019, 4, 4)))


def exported(out: Path, year: int = 2027) -> tuple[bytes, Exported]:
    told = export(Year(year), out, TODAY)
    return out.read_bytes(), told


def rolled_back(do: Any) -> Any:
    """What comes of something that is then taken back: the county is as it was."""
    with transaction.atomic():
        found = do()
        transaction.set_rollback(True)
    return found


def referred(workplace: Any, child: Any, on: Any, **more: Any) -> Any:
    at = first_moment(on)
    row = workplace.begin("referral", "accept", "Marian Blythe", on=at, person=child, received_at=at, **more)
    worker = workplace.worker("Ade Bankole")
    return workplace.take(row, "allocate", "Leonard Swann", on=at + timedelta(hours=2), social_worker=worker)


@pytest.fixture
def planned(workplace: Any, chain: Chain) -> Any:
    """A child with a referral, an assessment, enquiries, a conference and a plan, all made here."""
    case = referred(workplace, chain.child, chain.on.date() - DAY)
    plan = chain.planned()
    workplace.take(case, "name_need", "Ade Bankole", return_need="N1", return_source="2A")
    told = {"ethnicity": "MWBC", "disabilities": ["NONE"], "no_upn": "UN2", "sex": "M", "told_by": "His mother"}
    workplace.begin("child_details", "put_right", "Ade Bankole", person=chain.child, **told)
    return plan


@pytest.mark.parametrize("year", [2026, 2024])
def test_what_was_loaded_is_exported_as_it_came(workplace: Any, out: Path, year: int) -> None:
    text = file_of(48, year=year)
    assert load(text).outcome is Outcome.LOADED
    source, told = exported(out, year)
    assert said_by_file(source) == said_by_file(text.encode())
    assert (told.children, told.numbered, told.unplaced) == (48, 0, [])


def test_another_county_that_loads_it_exports_the_same(workplace: Any, planned: Any, out: Path) -> None:
    load(file_of(6, year=2026))
    source, _ = exported(out)

    def elsewhere() -> bytes:
        Identifier.objects.filter(kind=Identifier.Kind.LA_CHILD).update(issuer="999")
        Identifier.objects.filter(kind=Identifier.Kind.UPN).update(sound=False)  # so that nobody is known by theirs
        before = set(Person.objects.values_list("pk", flat=True))
        assert load(source.decode()).outcome is Outcome.LOADED
        numbers = Identifier.objects.exclude(person__in=before).values_list("person", flat=True)
        drawn = of_children(set(numbers), [Year(2027)])[Year(2027)]
        drawn.tables.children.sort(key=lambda child: child.number or "")
        exporting.write_whole(drawn, out)
        return out.read_bytes()

    assert said_by_file(rolled_back(elsewhere)) == said_by_file(source)


def test_a_child_made_here_comes_with_all_that_was_done(workplace: Any, planned: Any, out: Path) -> None:
    source, told = exported(out)
    (child,) = etree.fromstring(source).iter("Child")
    values = {element.tag: element.text for element in child.iter() if not len(element)}
    assert told.unplaced == []
    assert {name: values[name] for name in ("CINreferralDate", "ReferralSource", "PrimaryNeedCode", "ReferralNFA")} == {
        "CINreferralDate": "2026-05-31", "ReferralSource": "2A", "PrimaryNeedCode": "N1", "ReferralNFA": "0",
    }  # fmt: skip
    assert values["S47ActualStartDate"] == "2026-06-01"
    assert values["InitialCPCtarget"] == "2026-06-22"  # 15 working days
    assert values["DateOfInitialCPC"] == values["CPPstartDate"] == str(planned.started_on)
    assert (values["InitialCategoryOfAbuse"], values["NumberOfPreviousCPP"]) == ("PHY", "0")


def test_every_element_stands_where_the_specification_has_it(workplace: Any, planned: Any, out: Path) -> None:
    load(file_of(30, year=2026))

    def in_order(element: Any, item: Item) -> None:
        places = [item.within[part.tag] for part in element]
        assert places == sorted(places), element.tag
        for part in element:
            each = item.holds[item.within[part.tag]]
            assert each.many or sum(other.tag == part.tag for other in element) == 1, part.tag
            assert bool(each.holds) == bool(len(part)), part.tag
            assert each.holds or part.text, part.tag  # nothing is empty
            in_order(part, each)

    for year in (2026, 2027):
        message = etree.fromstring(exported(out, year)[0])
        in_order(message.find("Header"), structure.HEADER)
        for child in message.iter("Child"):
            in_order(child, structure.CHILD)


def test_the_same_record_gives_the_same_bytes(workplace: Any, planned: Any, out: Path) -> None:
    first, told = exported(out)
    assert told.numbered == 1
    number = Identifier.objects.get(kind=Identifier.Kind.LA_CHILD)
    assert (number.person, number.issuer) == (planned.entry.person, "884")
    assert 1 <= len(number.value) <= 20
    assert number.value.isalnum()
    again, told = exported(out)
    assert (again, told.numbered) == (first, 0)


def test_a_file_that_cannot_be_written_whole_leaves_the_one_before(
    workplace: Any, planned: Any, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.write_text("last week's")

    def half(tables: Any, into: Any) -> None:
        into.write(b"<Message>")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "write", half)
    with pytest.raises(OSError, match="No space"):
        exported(out)
    assert [(file.name, file.read_text()) for file in out.parent.iterdir()] == [("cin.xml", "last week's")]


def test_an_export_is_logged_as_the_job_that_it_is(workplace: Any, planned: Any, out: Path) -> None:
    exported(out)
    look = AccessLog.objects.get(purpose="make a return")
    assert look.what == "Export the CIN Census 2026/27"


def test_what_came_after_the_year_is_not_in_its_return(workplace: Any, out: Path) -> None:
    child = workplace.person("Ada", "Pugh")
    case = referred(workplace, child, date(2026, 2, 2))
    ended = first_moment(date(2026, 4, 20))
    workplace.take(case, "close", "Leonard Swann", on=ended, closed_on="20 4 2026", closure_reason="RC7")
    last, this = (exported(out, year)[0] for year in (2026, 2027))
    assert b"CINclosureDate" not in last
    assert b"<CINclosureDate>2026-04-20" in this
    assert exported(out, 2025)[1].children == 0


def test_a_referral_closed_with_nothing_begun_came_to_no_further_action(workplace: Any, out: Path) -> None:
    at = first_moment(date(2026, 6, 1))
    child = workplace.person("Ada", "Pugh")
    row = workplace.begin("referral", "accept", "Marian Blythe", on=at, person=child, received_at=at)
    assert b"<ReferralNFA>0" in exported(out)[0]
    workplace.take(row, "close", "Leonard Swann", on=at + 3 * DAY, closed_on="4 6 2026", closure_reason="RC7")
    source, _ = exported(out)
    assert b"<ReferralNFA>1" in source
    assert b"<UPNunknown>UN7" in source  # nobody asks for the number of a child with whom nothing goes on
    Characteristic(person=child, kind="upn_unknown", code="UN3", source="His aunt", recorded_on=TODAY).save()
    assert b"<UPNunknown>UN3" in exported(out)[0]


def test_a_child_who_is_expected_is_in_it(workplace: Any, out: Path) -> None:
    unborn = workplace.person("Baby", "Pugh", born_on=None, expected_on=date(2027, 1, 5), sex="F")
    referred(workplace, unborn, date(2026, 10, 1))
    source, _ = exported(out)
    for element in (b"<ExpectedPersonBirthDate>2027-01-05", b"<Sex>U", b"<UPNunknown>UN1"):
        assert element in source


def test_enquiries_of_a_child_without_a_referral_are_told_of_and_left_out(
    workplace: Any, chain: Chain, out: Path
) -> None:
    chain.enquiry()
    referred(workplace, chain.child, date(2026, 9, 1))
    source, told = exported(out)
    assert b"Section47" not in source
    assert [one.what for one in told.unplaced] == ["Enquiries under section 47"]
