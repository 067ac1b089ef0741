"""A girl's child in need plan becomes early help that her school leads: one record, one plan, the same people."""

from datetime import date

import pytest

from .conftest import Comes
from .story import looks_for

pytestmark = pytest.mark.browser
CHILD, WHY = "Tilly Brackley", "Her mother is well again, and school sees Tilly every morning."
PLAN = ("Mornings without shouting", "Breakfast club every day", "Helen Marsh", "Mia Pugh")


def test_less_help_is_enough_and_everybody_who_helps_is_told(comes: Comes) -> None:
    tom = comes("Tom Fairley")
    tom.sees("Your worries and requests", f"Family help: {CHILD}", "Family help: more help from now on")

    ade = comes("Ade Bankole")
    looks_for(ade, "Tilly", "Brackley")
    ade.follows(CHILD)
    ade.sees(CHILD, "Family help at level 4", "Her mother was taken to hospital twice.")
    ade.follows("Family help at level 4")
    ade.sees(CHILD, "Level 4", *PLAN)
    record = ade.path
    ade.presses("Step down")
    ade.sees("Step down", "everybody who helps is told")
    ade.chooses("To which level of need?", "Level 3")
    ade.writes("Why?", WHY)
    ade.chooses("Does the family agree?", "They do not agree")
    ade.writes("Who said so?", "Her mother")
    ade.writes("On which day?", f"{date.today():%d %m %Y}")  # noqa: DTZ011  (a day that people write)
    ade.picks("Which agency leads?", "Hill Lane Primary School")
    ade.writes("Who leads?", "Tom Fairley")
    ade.presses("Step down")
    ade.sees("Step down", "There is a problem")
    ade.chooses("Does the family agree?", "They agree")
    ade.presses("Step down")
    ade.sees(CHILD, "The help was stepped down to level", "Level 3", WHY, *PLAN)
    assert ade.path == record

    for name, width in (("Tom Fairley", 320), ("Helen Marsh", 1280)):
        helper = comes(name, width=width)
        helper.sees("Your worries and requests", f"Family help: {CHILD}")
        helper.follows("Family help: less help is enough from now on")
        helper.sees("Family help: less help is enough from now on", WHY, "Tom Fairley, Hill Lane Primary School")
        helper.reads("The plan goes on as it is, with the same people.")
        helper.reads("Breakfast club every day")
        helper.opens("/")
        helper.follows(f"Family help: {CHILD}")
        helper.sees(CHILD, *PLAN)
        assert helper.path == record
