"""Codes: what may be chosen on which day, what it is returned as, and what people read."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.packs import Code, UnknownCode, UnknownWord, pack

COUNTIES = ("elsewhere", "herefordshire")
NOW = date(2026, 11, 22)


def of(name: str, on: date | None = None) -> list[str]:
    return [code for code, _ in pack("herefordshire").codes(name).choices(on)]


def test_the_sets_of_the_census() -> None:
    assert of("sex", NOW) == ["F", "M", "U"]
    assert of("sex", date(2024, 3, 31)) == ["1", "2", "0", "9"]
    assert len(of("ethnicity")) == 20
    assert len(of("disability")) == 13
    assert " ".join(of("referral_source")) == ("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10")
    assert of("primary_need") == [*(f"N{n}" for n in range(1, 10)), "N0"]
    assert of("closure_reason") == [f"RC{n}" for n in range(1, 10)]
    assert of("upn_unknown") == [f"UN{n}" for n in range(1, 8)]
    assert of("abuse_category") == ["NEG", "PHY", "SAB", "EMO", "MUL"]
    assert set(of("assessment_factors")) - set(of("assessment_factors", NOW)) == {"18A", "19A"}


@pytest.mark.parametrize("name", COUNTIES)
def test_every_code_can_be_read_and_returned(name: str) -> None:
    county, nation = pack(name), pack("herefordshire").code_sets()
    for each in county.code_sets().values():
        assert each.title
        assert each.source
        for code in each:
            assert code.label
            assert code.national in nation[each.name]
        labels = [label for _, label in each.choices(NOW)]
        assert len(labels) == len(set(labels)), f"two codes of {each.name} read the same"


def test_what_one_is_to_the_other_and_back() -> None:
    kinds = pack("herefordshire").codes("relationship")
    assert (kinds.inverse("MOTHER"), kinds.inverse("GRANDCHILD")) == ("CHILD", "GRANDPARENT")
    with pytest.raises(LookupError, match="no inverses"):
        pack("herefordshire").codes("sex").inverse("F")
    assert kinds["MOTHER"].also["inverse"] == "CHILD"
    for kind in kinds:
        back = kinds[kinds[kind.also["inverse"]].also["inverse"]]
        assert back.code == kind.code or back.also["inverse"] == kind.also["inverse"]


def test_every_agency_counts_as_a_source() -> None:
    kinds = pack("herefordshire").codes("agency_kind")
    assert kinds["school"].also["referral_source"] == "2A"
    assert kinds["police"].also["referral_source"] == "6"


def test_going_without_agreement_names_its_law() -> None:
    for reason in pack("herefordshire").codes("lawful_reason"):
        assert re.search(r"Act (1989|2018)", reason.also["source"])


def test_a_county_adds_a_code_that_is_returned_as_a_national_one() -> None:
    sources = pack("elsewhere").codes("referral_source")
    assert sources.national("8L") == "8"
    assert sources["8L"].also["group"] == "Other"
    assert "8L" not in pack("herefordshire").codes("referral_source")


def test_a_code_that_was_closed_is_still_read() -> None:
    kinds = pack("elsewhere").codes("address_kind")
    assert kinds.label("CARAVAN") == "Winter caravan"
    assert ("CARAVAN", "Winter caravan") in kinds.choices(date(2025, 3, 31))
    assert "CARAVAN" not in [code.code for code in kinds.current(date(2025, 4, 1))]
    assert "CARAVAN" in kinds


def test_a_county_calls_a_code_something_else() -> None:
    assert pack("elsewhere").codes("urgency").label("AMBER") == "Yellow"
    assert pack("elsewhere").codes("urgency")["AMBER"].national == "AMBER"
    assert pack("elsewhere").label("contact.outcome.SIGNPOSTING", "Signposting") == "Shown the way to another service"
    assert pack("herefordshire").label("contact.outcome.SIGNPOSTING", "Signposting") == "Signposting"


def test_a_code_that_never_was_is_refused_with_those_like_it() -> None:
    sources = pack("herefordshire").codes("referral_source")
    with pytest.raises(UnknownCode, match="Did you mean '2A'"):
        sources["school"]
    with pytest.raises(UnknownCode, match="'RC10' is not a code"):
        pack("herefordshire").codes("closure_reason").label("RC10")
    with pytest.raises(UnknownWord, match="Did you mean 'ethnicity'"):
        pack("herefordshire").codes("etnicity")


days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(since=st.none() | days, length=st.none() | st.integers(0, 9000), on=days)
def test_a_code_may_be_chosen_from_its_first_day_to_its_last(since: date | None, length: int | None, on: date) -> None:
    until = None if length is None else (since or on) + timedelta(days=length)
    code = Code("A", "a", since=since, until=until)
    assert code.current(on) == ((since is None or on >= since) and (until is None or on <= until))
    if since:
        assert code.current(since)
        assert not code.current(since - timedelta(days=1))
    if until:
        assert code.current(until)
        assert not code.current(until + timedelta(days=1))
