"""What is published of the county's measures: hidden where it is small, frozen, and beside it what changed since."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import looking
from righthelp.measures.publishing import beside as beside_module
from righthelp.measures.publishing import counting
from righthelp.measures.publishing.beside import Beside, beside
from righthelp.people.differences import STAYS, differences
from righthelp.people.merging import fingerprint
from righthelp.processes.statistics_release.models import PublishedFigure, StatisticsRelease
from righthelp.processes.statistics_release.open_data import COLUMNS
from righthelp.processes.statistics_release.periods import Period
from righthelp.processes.statistics_release.tests.releasing import APPROVER, PREPARER, QUARTER, in_, prepared

NAMES = ("Ada", "Bryn", "Cerys", "Dewi", "Elin", "Ffion", "Gwen", "Huw")


def published(workplace: Any, over: Period = QUARTER) -> StatisticsRelease:
    return workplace.take(prepared(workplace, over), "publish", APPROVER)  # type: ignore[no-any-return]


def told(release: StatisticsRelease, measure: str = "contacts", period: str = "", **more: Any) -> PublishedFigure:
    wanted = {"measure__name": measure, "period": period or release.period, "split": "", **more}
    return release.figures.select_related("measure").get(**wanted)


@pytest.fixture
def some(workplace: Any) -> Any:
    """Seven worries of the last quarter: six in its first month, one in its second."""
    first, second = QUARTER.parts[0], QUARTER.parts[1]
    made = [
        workplace.worry(child_given=NAMES[number], child_family=NAMES[-number], on=in_(first, number))
        for number in range(6)
    ]
    return [*made, workplace.worry(child_given="Late", child_family="Comer", on=in_(second))]


def test_a_release_is_prepared_by_one_and_published_by_another(workplace: Any, some: Any, refused: Any) -> None:
    release = prepared(workplace)
    assert release.called.startswith("Front door: ")
    # Seven: by the entries' own draws either neighbour, or nothing where five would give a small month away.
    assert (told(release).words, told(release).shown) in {("5", "SHOWN"), ("10", "SHOWN"), ("Withheld", "WITHHELD")}
    assert told(release, period=QUARTER.parts[1].code).words == "Fewer than 5"
    assert told(release, period=QUARTER.parts[2].code).words == "Fewer than 5"  # none is not told from one
    with refused(saying="You prepared this release"):
        workplace.take(release, "publish", PREPARER)
    release = workplace.take(release, "publish", APPROVER)
    assert (release.state, release.prepared_by.name, release.approved_by.name) == ("PUBLISHED", PREPARER, APPROVER)


def test_a_correction_stands_beside_what_it_corrects(workplace: Any, some: Any, refused: Any) -> None:
    first = published(workplace)
    with refused("period", saying="corrected edition"):
        prepared(workplace)
    again = workplace.begin(
        "statistics_release", "correct", APPROVER, corrects=first, corrected_because="Worries by post were missing."
    )
    assert (again.edition, again.address, again.called) == (2, first.address, first.called)
    assert workplace.again(first).state == "PUBLISHED"
    again = workplace.take(again, "publish", PREPARER)
    assert workplace.again(first).state == "REPLACED"
    assert first.figures.count() == again.figures.count()
    with refused("corrects"):
        workplace.begin("statistics_release", "correct", PREPARER, corrects=first, corrected_because="Again.")


@pytest.mark.parametrize(
    "change",
    [
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).update(called="Better"),
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).update(published_at=timezone.now()),
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).update(counted_at=timezone.now()),
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).delete(),
        lambda release: PublishedFigure.objects.filter(release=release).update(words="100"),
        lambda release: PublishedFigure.objects.filter(release=release).delete(),
        lambda release: release.measures.update(definition="Something else."),
        lambda release: release.measures.all()[0].delete(),
    ],
)
def test_the_database_lets_nothing_published_be_changed(workplace: Any, change: Any) -> None:
    release = published(workplace)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(release)


def live(release: StatisticsRelease, measure: str, period: str = "") -> Beside:
    (found,) = beside(release, only=measure)
    return next(one for one in found.figures if one.published.period == (period or release.period))


def test_what_is_recorded_later_changes_the_live_figure_alone(workplace: Any, some: Any) -> None:
    release = published(workplace)
    before = told(release, period=QUARTER.parts[1].code)
    for number in range(6):  # back-dated: they came in that month, and are written down only now
        workplace.worry(child_given=f"Bryn{number}", on=in_(QUARTER.parts[1], number))
    found = live(release, "contacts", QUARTER.parts[1].code)
    assert (found.live, found.differs) == ("7", True)
    assert told(release, period=QUARTER.parts[1].code).words == before.words == "Fewer than 5"
    assert live(release, "contacts", QUARTER.parts[0].code).differs is False


def test_a_back_dated_correction_changes_the_live_figure_alone(workplace: Any, some: Any) -> None:
    """Somebody finds that a worry of that month was decided, and had not been written down."""
    contact = workplace.take(some[0], "start", "Nia Prosser", urgency="AMBER", urgency_reason="No harm today.")
    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="Nobody on record is like her.")
    release = published(workplace)
    frozen = [(one.words, one.value) for one in release.figures.all()]
    assert live(release, "led_to_service").live == "Nothing counted"
    workplace.decide(contact, outcome="EARLY_HELP", level=3, early_help_agreed="yes")
    assert live(release, "led_to_service").live == "100% (1 of 1)"
    assert live(release, "contacts").since == ("1 was changed later",)
    assert [(one.words, one.value) for one in workplace.again(release).figures.all()] == frozen


def test_two_records_that_are_merged_are_told_beside_the_figure(workplace: Any) -> None:
    """Of repeat contacts there is one more when both were of one child; what was published stays."""
    children = [workplace.person("Ada", "Pugh"), workplace.person("Adah", "Pugh")]
    for day, child in enumerate(children):
        contact = workplace.worry(on=in_(QUARTER, day), child_given=child.called.split()[0])
        contact = workplace.take(contact, "start", "Nia Prosser", on=in_(QUARTER, 8), urgency="AMBER",
                                 urgency_reason="No harm today.")  # fmt: skip
        workplace.take(contact, "match", "Nia Prosser", on=in_(QUARTER, 9), matched_to=child, match_reason="Same")
    release = published(workplace)
    frozen = [(one.words, one.value) for one in release.figures.all()]
    row = workplace.begin("same_person", "propose", "Sam Holt", person=children[0], other=children[1], why="Same.")
    first, other = row.entry.person, row.other
    decisions = [{"slot": line.slot, "keeps": STAYS} for line in differences(first, other)]
    workplace.take(row, "merge", "Marian Blythe", decisions=decisions, shown=fingerprint(first, other),
                   merged_because="Seen both.")  # fmt: skip
    assert live(release, "contacts").live == "2"
    assert "2 are of children whose two records were merged later" in live(release, "contacts").since
    assert [(one.words, one.value) for one in workplace.again(release).figures.all()] == frozen


def test_a_definition_that_changed_is_told(workplace: Any, some: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    release = published(workplace)
    now = [replace(one, version=one.version + 1) for one in counting.published_of("front_door")]
    monkeypatch.setattr(beside_module, "published_of", lambda subject: now)
    (found,) = beside(release, only="contacts")
    assert found.redefined.endswith("version 2 counts now.")
    assert found.figures[0].live == "7"


def test_a_renamed_level_changes_no_word_that_was_published(
    workplace: Any, some: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = published(workplace)
    frozen = [(one.words, one.of_split) for one in release.figures.all()]
    titles = [one.title for one in release.measures.all()]
    now = [replace(one, title="Worries", definition="Anew.") for one in counting.published_of("front_door")]
    monkeypatch.setattr(counting, "published_of", lambda subject: now)
    monkeypatch.setattr(beside_module, "published_of", lambda subject: now)
    (found,) = beside(release, only="contacts")
    assert found.redefined == "What counts it was mended since, under the same definition."
    assert [(one.words, one.of_split) for one in workplace.again(release).figures.all()] == frozen
    assert [one.title for one in release.measures.all()] == titles


def test_whoever_is_outside_a_circle_reads_a_live_figure_without_it(workplace: Any, some: Any) -> None:
    """And a published one in which everybody is: it is rounded, and tells of no one child."""
    release = published(workplace)
    ada = workplace.again(some[0])
    ada = workplace.take(ada, "start", "Nia Prosser", urgency="AMBER", urgency_reason="No harm today.")
    ada = workplace.take(ada, "register", "Nia Prosser", match_reason="Nobody on record is like her.")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=ada.entry.person, why="A worker is her aunt.")
    with looking(workplace.as_("Marian Blythe")):
        assert live(release, "contacts").live == "6"
    with looking(workplace.as_("Sylvia Marchetti")):
        assert live(release, "contacts").live == "7"


def test_anybody_reads_what_is_published_and_nothing_before(client: Any, workplace: Any, some: Any) -> None:
    release = prepared(workplace)
    at = f"/open-data/{release.address}/1/"
    for place in ("", "contacts/", "figures.csv", "figures.csv-metadata.json", "release.json"):
        assert client.get(f"{at}{place}").status_code == 404
    assert "Nothing is published yet" in client.get("/open-data/").content.decode()
    workplace.take(release, "publish", APPROVER)
    assert release.called in client.get("/open-data/").content.decode()
    page = client.get(f"{at}contacts/").content.decode()
    assert "Fewer than 5" in page
    assert client.get(f"{at}contacts/")["Cache-Control"] == "public, max-age=300"
    file = client.get(f"{at}figures.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [name for name, _, _ in COLUMNS] == list(rows[0])
    described = client.get(f"{at}figures.csv-metadata.json").json()
    assert [column["name"] for column in described["tableSchema"]["columns"]] == list(rows[0])
    whole = client.get(f"{at}release.json").json()
    assert len(whole["figures"]) == len(rows) == release.figures.count()
    assert {one["name"] for one in whole["measures"]} == {row["measure"] for row in rows}
    assert client.get("/open-data/catalogue.json").json()["releases"][0]["csv"] == f"{at}figures.csv"


def test_no_small_number_leaves(client: Any, workplace: Any, some: Any) -> None:
    """No count that is published, nor the value made from it, is anything but a multiple of five."""
    release = published(workplace)
    for row in csv.DictReader(io.StringIO(client.get(f"/open-data/{release.address}/1/figures.csv").content.decode())):
        assert all(int(row[name] or 0) % 5 == 0 for name in ("counted", "others"))
        assert row["shown"] == "SHOWN" or not row["value"]
        assert row["unit"] != "number" or float(row["value"] or 0) % 5 == 0


def test_a_page_of_a_replaced_edition_leads_to_the_later_one(client: Any, workplace: Any) -> None:
    first = published(workplace)
    again = workplace.begin(
        "statistics_release", "correct", APPROVER, corrects=first, corrected_because="Worries by post were missing."
    )
    workplace.take(again, "publish", PREPARER)
    assert "Read edition 2" in client.get(f"/open-data/{first.address}/1/").content.decode()
    assert "Worries by post were missing." in client.get(f"/open-data/{first.address}/2/").content.decode()


def test_those_who_look_it_over_see_what_is_hidden_and_what_differs(client: Any, workplace: Any, some: Any) -> None:
    release = published(workplace)
    browser = workplace.signed_in(APPROVER, client)
    assert "of which period?" in browser.get("/statistics_release/new/prepare/").content.decode().lower()
    assert "Front door" in browser.get("/statistics_release/").content.decode()
    page = browser.get(f"/statistics_release/{release.pk}/").content.decode()
    assert "fewer than 5" in page
    figures = browser.get(f"/statistics_release/{release.pk}/figures/contacts/").content.decode()
    assert "Not published" in figures
    live_page = browser.get(f"/measures/published/{release.pk}/").content.decode()
    assert "They are not rounded" in live_page
    workplace.signed_in("Nia Prosser", client)
    assert browser.get(f"/measures/published/{release.pk}/").status_code == 403


@pytest.mark.parametrize("who", ["Marian Blythe", "Nia Prosser", "Ruth Adeyemi"])
def test_only_those_who_publish_prepare(workplace: Any, refused: Any, who: str) -> None:
    with refused(kind=NotAllowed):
        workplace.begin("statistics_release", "prepare", who, subject="front_door", period=QUARTER.code)
