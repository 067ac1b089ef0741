"""Every pack is sound, and says what its county says."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from righthelp.packs import PackFault, UnknownPack, UnknownWord, check, load, names, pack, term_table
from righthelp.packs.tests.broken import copy, swap

COUNTIES = ("elsewhere", "herefordshire")


def test_the_counties_are_found() -> None:
    assert names() == list(COUNTIES)


@pytest.mark.parametrize("name", ["england", *COUNTIES])
def test_a_pack_has_no_faults(name: str) -> None:
    assert check(name) == []


def test_the_environment_names_the_county(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RIGHTHELP_COUNTY", raising=False)
    assert pack().name == "herefordshire"
    monkeypatch.setenv("RIGHTHELP_COUNTY", "elsewhere")
    assert pack().name == "elsewhere"
    assert pack() is pack("elsewhere")


@pytest.mark.parametrize("name", ["nowhere", "england", ""])
def test_what_is_no_county_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(UnknownPack, match="elsewhere, herefordshire"):
        load(name)


def test_a_faulty_pack_is_not_half_loaded(tmp_path: Path) -> None:
    copy(tmp_path, "elsewhere")
    swap(tmp_path, "elsewhere/pack.yaml", "dfe: 999", "dfe: 99")
    swap(tmp_path, "elsewhere/levels.yaml", "number: 2", "number: 5")
    with pytest.raises(PackFault) as caught:
        load("elsewhere", tmp_path)
    assert len(caught.value.faults) == 2
    assert all(fault in str(caught.value) for fault in caught.value.faults)


@pytest.mark.parametrize("name", COUNTIES)
def test_every_word_has_something_to_read(name: str) -> None:
    county, nation = pack(name), pack("herefordshire" if name == "elsewhere" else "elsewhere")
    assert county.words().keys() == nation.words().keys()
    assert all(county.words().values())


def test_the_two_counties_share_no_name_of_their_own() -> None:
    for key in (
        "county",
        "front_door",
        "early_help_team",
        "levels_of_need_title",
        "referral_form",
        "police_force",
    ):
        assert pack("herefordshire").word(key) != pack("elsewhere").word(key)


def test_herefordshire_speaks_its_own_words() -> None:
    county = pack("herefordshire")
    assert county.word("front_door_short") == "MASH"
    assert county.word("early_help_team") == "Children's Help and Advice Team"
    assert (county.local_authority.dfe, county.local_authority.ons) == ("884", "E06000019")
    assert county.roles()["front door manager"].title == "MASH manager"


def test_a_word_that_no_pack_has() -> None:
    assert pack("elsewhere").word("tea_time", "four o'clock") == "four o'clock"
    with pytest.raises(UnknownWord, match="Did you mean 'front_door'"):
        pack("elsewhere").word("front_dor")


def test_a_county_may_switch_a_process_off(tmp_path: Path) -> None:
    copy(tmp_path, "elsewhere")
    swap(tmp_path, "elsewhere/pack.yaml", "switched_off: []", "switched_off: [help_request, family_help]")
    assert load("elsewhere", tmp_path).switched_off() == {"help_request", "family_help"}
    assert pack("elsewhere").switched_off() == frozenset()


@pytest.mark.parametrize("name", COUNTIES)
def test_every_role_says_what_its_holder_does_and_sees(name: str) -> None:
    roles = pack(name).roles()
    assert list(roles) == [
        "partner", "partner lead", "police notifier",
        "contact worker", "front door social worker", "front door manager", "early help worker",
        "early help manager", "social worker", "team manager", "conference chair", "business support",
        "head of service", "information governance", "user administrator",
    ]  # fmt: skip
    assert {role.name for role in roles.values() if not role.county} == {
        "partner", "partner lead", "police notifier",
    }  # fmt: skip
    assert {role.name for role in roles.values() if not role.works_with_children} == {
        "partner", "partner lead", "police notifier", "user administrator",
    }  # fmt: skip
    assert all(role.does and role.sees for role in roles.values())


@pytest.mark.parametrize("name", COUNTIES)
def test_the_directory_says_what_for_whom_and_how(name: str) -> None:
    directory = pack(name).directory()
    assert len(directory) >= 5
    assert all(each.what and each.for_whom and each.how and each.helps_with and each.source for each in directory)
    assert all(each.organisation for each in directory)


def test_school_terms_of_herefordshire() -> None:
    terms = pack("herefordshire").terms()
    assert Counter(first.year for first, _ in terms.terms()) == {
        2022: 1,
        2028: 2,
        **dict.fromkeys(range(2023, 2028), 3),
    }
    assert terms.is_school_day(date(2023, 2, 17))
    assert not terms.is_school_day(date(2023, 2, 20))  # half term
    assert not terms.is_school_day(date(2023, 7, 26))  # the summer holiday
    assert not terms.is_school_day(date(2024, 5, 6))  # a bank holiday in term
    assert terms.school_days_after(date(2022, 12, 16), 1) == date(2023, 1, 3)
    assert term_table("herefordshire") == terms


def test_a_training_day_is_no_school_day_and_ends_no_term() -> None:
    terms = pack("elsewhere").terms()
    assert not terms.is_school_day(date(2026, 6, 26))
    assert (date(2026, 4, 20), date(2026, 7, 24)) in terms.terms()
