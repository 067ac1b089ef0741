"""The demonstration county's figures come from the papers, or say that they do not."""

import pytest

from righthelp.packs import Demonstration, pack
from righthelp.packs.demonstration import GROUPS

COUNTIES = ("elsewhere", "herefordshire")


@pytest.mark.parametrize("name", COUNTIES)
def test_every_figure_says_where_it_comes_from(name: str) -> None:
    figures = pack(name).demonstration()
    assert set(figures) == set(GROUPS)
    for group in figures.values():
        assert group
        for figure in group.values():
            assert figure.says
            assert figure.basis in {"stated", "assumed", "invented"}
            assert figure.source or figure.basis != "stated"


@pytest.mark.parametrize("name", COUNTIES)
def test_outcomes_add_up_the_volumes(name: str) -> None:
    figures = pack(name).demonstration()
    months = [figure.value for figure in figures["early_help_by_month"].values()]
    yearly = figures.over("outcomes", 12)
    volumes = figures.over("volumes", 12)
    assert yearly["REFERRAL"] + yearly["IMMEDIATE"] == volumes["referrals"]
    assert yearly["EARLY_HELP"] == pytest.approx(sum(months) / 4 * 12)
    assert yearly["NO_FURTHER_ACTION"] == volumes["not_progressed"]


def herefordshire() -> Demonstration:
    return pack("herefordshire").demonstration()


def test_three_months_at_the_papers_volume() -> None:
    figures = herefordshire()
    assert figures.value("population", "children") == 36000
    quarter = figures.over("outcomes", 3)
    assert quarter["REFERRAL"] + quarter["IMMEDIATE"] == round(3329 / 4)
    assert quarter["EARLY_HELP"] == round((295 + 455 + 428 + 553) / 4 * 3)
    assert quarter["NO_FURTHER_ACTION"] == 221
    assert sum(quarter.values()) == 2581


def test_shares_come_to_one_and_keep_their_proportions() -> None:
    for group in ("outcomes", "sources", "early_help_outcomes", "urgency", "places"):
        assert sum(herefordshire().shares(group).values()) == pytest.approx(1)
    shares = herefordshire().shares("outcomes")
    assert shares["EARLY_HELP"] / shares["NO_FURTHER_ACTION"] == pytest.approx(432.75 * 12 / 884)


def test_police_are_the_largest_source_and_schools_are_as_counted() -> None:
    sources = herefordshire()["sources"]
    assert max(sources, key=lambda code: sources[code].value) == "6"
    assert sources["2A"].value == pytest.approx(286 / 3329, abs=0.0005)
    assert (sources["2A"].basis, sources["2A"].source) == ("stated", "HS-11")


def test_early_help_is_as_late_as_it_was() -> None:
    counts, shares = (553, 428, 455, 295), (0.90, 0.864, 0.837, 0.82)
    weighted = sum(count * share for count, share in zip(counts, shares, strict=True)) / sum(counts)
    assert herefordshire().value("timeliness", "early_help_in_72_hours") == pytest.approx(weighted, abs=0.0005)
    assert herefordshire()["timeliness"]["decided_in_24_hours"].basis == "assumed"


def test_what_the_papers_say_of_early_help() -> None:
    figures = herefordshire()["early_help_outcomes"]
    assert figures["ADVICE"].value + figures["SIGNPOSTED"].value == pytest.approx(0.5)
    assert {figures[name].source for name in ("ADVICE", "SIGNPOSTED")} == {"EH-60"}
    assert (figures["ASSESSMENT"].value, figures["ASSESSMENT"].source) == (0.15, "EH-61")
