"""The panel's agenda makes itself; the waiting list says who has waited longest; a school finds its plan at work."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from righthelp.processes.family_help.lines import totals, waiting
from tests import help_given as given


def page(client: Any, workplace: Any, who: str, address: str) -> str:
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(who).pk})
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_panel_sees_what_was_asked_waits_and_was_stepped_down(client: Any, workplace: Any) -> None:
    given.asked(workplace, workplace.person("Ada", "Pugh"))
    given.taken_up(workplace, workplace.person("Bob", "Moss"))
    again = given.asked(workplace, workplace.person("Cai", "Lowe"))
    decision = {"panel_on": given.today(), "panel_decision": "NEXT_TIME", "panel_reason": "Ask the school."}
    workplace.take(again, "decide_at_panel", given.MANAGER, **decision)
    down = given.in_need(workplace, workplace.person("Dot", "Reed"))
    school = workplace.staff.agencies[given.SCHOOL]
    answers = {"to_level": 3, "level_why": "Her mother is well.", "lead_agency": school, "lead_name": given.LEAD}
    workplace.take(down, "step_down", given.SOCIAL_WORKER, **answers, **given.agreement())
    words = page(client, workplace, given.MANAGER, "/family_help/panel/")
    places = [words.index(title) for title in (
        "Asked for since the panel last met: 1", "Ada Pugh", "Back from an earlier panel: 1", "Cai Lowe",
        "Stepped down by social care since the panel last met: 1", "Dot Reed",
        "Waiting for somebody to begin, the longest first: 1", "Bob Moss", "Decided today: 3",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "Record what the panel decided" in words


def test_the_waiting_list_counts_children_and_families_and_the_longest_wait(client: Any, workplace: Any) -> None:
    ada, bob, cai = (workplace.person(name, "Pugh") for name in ("Ada", "Bob", "Cai"))
    workplace.household(ada, bob)
    long_ago = timezone.now() - timedelta(days=30)
    decision = {"panel_decision": "TAKE_UP", "panel_reason": "They want help.", "panel_on": long_ago.date()}
    for child, by in ((ada, {"help_by": "COMMISSIONED", "service": "Harbour"}), (bob, {"help_by": "INTERNAL"})):
        row = given.asked(workplace, child, on=long_ago, consent_on=long_ago.date())
        workplace.take(row, "decide_at_panel", given.MANAGER, on=long_ago, **decision, **by)
    given.taken_up(workplace, cai)
    words = page(client, workplace, given.WORKER, "/family_help/waiting/")
    assert "A service that the county pays for: Harbour" in words
    assert words.index("Ada Pugh") < words.index("Cai Pugh"), "the longest waiting first"
    everybody = totals(waiting(), given.today())[-1]
    assert (everybody.children, everybody.families, everybody.longest) == (3, 2, "4 weeks")


def test_a_school_finds_its_plan_in_its_workspace(client: Any, workplace: Any) -> None:
    row = given.invited(workplace, given.under_way(workplace, workplace.person("Ada", "Pugh")))
    words = page(client, workplace, given.LEAD, "/")
    assert "Family help: Ada Pugh, born 3 April 2016" in words
    assert "Team around the family: Ada Pugh" in words
    words = page(client, workplace, given.LEAD, f"/family_help/{row.pk}/")
    assert "Mornings without shouting" in words
    assert "Add to the plan" in words
    assert "Step up" not in words
    words = page(client, workplace, given.OF_THE_TEAM, f"/family_help/{row.pk}/")
    assert "Write down how far it has come" in words
    assert "Add to the plan" not in words


def test_a_school_is_told_what_is_missing_and_of_no_brother_or_sister(client: Any, workplace: Any) -> None:
    ada, ben = workplace.person("Ada", "Pugh"), workplace.person("Ben", "Pugh")
    workplace.household(ada, ben)
    row, other = given.under_way(workplace, ada), given.under_way(workplace, ben)
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(given.LEAD).pk})
    answers = {"closed_on": given.today().isoformat(), "closing_reason": "NEEDS_MET", "outcomes_now-TOTAL_FORMS": 0}
    answers |= {"outcomes_now-INITIAL_FORMS": 0, "also_for": other.pk.hex}
    answer = client.post(f"/family_help/{row.pk}/close/", answers)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert "Also for" not in answer.content.decode()
    assert {workplace.again(one).state for one in (row, other)} == {"ACTIVE"}


def test_a_school_that_ends_its_help_is_led_to_its_workspace(client: Any, workplace: Any) -> None:
    row = given.under_way(workplace, workplace.person("Ada", "Pugh"))
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(given.LEAD).pk})
    said = {name: value for name, value in given.closing(row).items() if name != "outcomes_now"}
    reached = given.reached(row)
    answers = {**said, "outcomes_now-TOTAL_FORMS": len(reached), "outcomes_now-INITIAL_FORMS": len(reached)}
    for number, one in enumerate(reached):
        answers |= {f"outcomes_now-{number}-{name}": value for name, value in one.items()}
    answer = client.post(f"/family_help/{row.pk}/close/", answers, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Family help ended" in answer.content.decode()
    assert "how it ended" in answer.content.decode()


def test_a_family_rings_whoever_leads_before_the_county(client: Any, workplace: Any) -> None:
    row = given.under_way(workplace, workplace.person("Ada", "Pugh"))
    leads = f"{given.LEAD}, {given.SCHOOL}, who leads the plan with you"
    assert leads in page(client, workplace, given.WORKER, f"/family_help/{row.pk}/plan/")
    in_need = {"to_level": 4, "level_why": "More is needed.", "social_worker": workplace.worker(given.SOCIAL_WORKER)}
    workplace.take(row, "step_up", given.TEAM_MANAGER, **in_need)
    assert leads not in page(client, workplace, given.SOCIAL_WORKER, f"/family_help/{row.pk}/plan/")
