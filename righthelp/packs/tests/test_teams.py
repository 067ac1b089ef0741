"""Teams of a pack: what lands where."""

from pathlib import Path

import pytest

from righthelp.packs import names, pack
from righthelp.packs.reading import Fault, Folder
from righthelp.packs.teams import read


@pytest.mark.parametrize("county", names())
def test_every_team_says_what_it_does(county: str) -> None:
    assert all(team.title and team.does for team in pack(county).teams().values())


@pytest.mark.parametrize("county", names())
def test_a_worry_lands_with_the_front_door(county: str) -> None:
    receiver = pack(county).receiver("contact")
    assert receiver is not None
    assert receiver.key == "front_door"
    assert pack(county).receiver("weather") is None


def test_work_lands_with_one_team(tmp_path: Path) -> None:
    (tmp_path / "teams.yaml").write_text(
        "a: {title: A, does: Something., receives: [contact]}\nb: {title: B, does: Else., receives: [contact]}\n"
    )
    faults: list[Fault] = []
    read(Folder(tmp_path, faults))
    assert [fault.sentence for fault in faults] == ["'contact' lands with 'a' already: it lands with one team."]
