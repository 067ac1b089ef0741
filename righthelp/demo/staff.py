"""The invented county's agencies, teams and workers, and the named ones as whom anybody may sign in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from righthelp.demo.names import BOYS, FAMILIES, GIRLS, SCHOOLS
from righthelp.engine.journal import Journal
from righthelp.engine.teams import missing_teams
from righthelp.guard.models import Account, Agency, Appointment, Team, Worker
from righthelp.packs import pack

SINCE = date(2020, 9, 1)


@dataclass(frozen=True)
class Named:
    """A worker with a name in the guides: who they are, as which role, in which agency and team."""

    name: str
    role: str
    agency: str
    title: str
    team: str = ""


@dataclass
class Staff:
    """Who works in the county, as the rest of the demonstration needs them."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    workers: dict[str, Worker] = field(default_factory=dict)  # by name
    in_role: dict[str, list[Worker]] = field(default_factory=dict)
    by_kind: dict[str, list[Worker]] = field(default_factory=dict)  # partners, by kind of agency
    schools: list[Agency] = field(default_factory=list)
    practices: list[Agency] = field(default_factory=list)


COUNTY = "county"
NAMED = (
    Named("Ruth Adeyemi", "partner lead", "Hill Lane Primary School", "Designated safeguarding lead"),
    Named("Tom Fairley", "partner", "Hill Lane Primary School", "Class teacher"),
    Named("Grace Okoro", "partner lead", "Wyeside Community Health", "Named nurse for safeguarding children"),
    Named("Helen Marsh", "partner", "Wyeside Community Health", "Health visitor"),
    Named("Imran Qureshi", "partner lead", "Border Counties Police", "Police sergeant, harm assessment unit"),
    Named("Dale Winters", "contact worker", COUNTY, "Contact worker", "front door"),
    Named("Nia Prosser", "front door social worker", COUNTY, "Social worker", "front door"),
    Named("Sam Holt", "front door social worker", COUNTY, "Senior social worker", "front door"),
    Named("Marian Blythe", "front door manager", COUNTY, "Team manager", "front door"),
    Named("Carl Denny", "front door manager", COUNTY, "Managing practitioner", "front door"),
    Named("Jo Ferris", "early help worker", COUNTY, "Early help adviser", "early help"),
    Named("Petra Lind", "early help manager", COUNTY, "Early help manager", "early help"),
    Named("Ade Bankole", "social worker", COUNTY, "Social worker", "assessment"),
    Named("Fiona Garrick", "social worker", COUNTY, "Social worker", "assessment"),
    Named("Leonard Swann", "team manager", COUNTY, "Team manager", "assessment"),
    Named("Sylvia Marchetti", "head of service", COUNTY, "Head of service", "leadership"),
    Named("Ivan Brandt", "information governance", COUNTY, "Information governance officer", "leadership"),
    Named("Una Kelleher", "user administrator", COUNTY, "Systems administrator"),
)
OTHER_AGENCIES = (
    (
        "Wyeside Community Health",
        "health_visiting",
        "Health visitors, school nurses and children's therapists.",
    ),
    (
        "Border Counties Police",
        "police",
        "The police force, with its harm assessment unit at the front door.",
    ),
    ("Marches General Hospital", "emergency_department", "The hospital, with its emergency department."),
    ("Riverside Housing", "housing", "Homes to rent, and help to keep them."),
    ("Safe Harbour", "domestic_abuse", "Help for anybody living with domestic abuse."),
    ("Open Door Youth Trust", "voluntary", "Youth work, mentoring and family support."),
    ("Borderland Probation", "probation", "Supervision of adults who have offended."),
    ("Calm Minds Children's Service", "mental_health", "Mental health help for children and young people."),
)


def make_staff(journal: Journal, seed: int = 1, *, schools: int = 50, practices: int = 12) -> Staff:
    """Agencies, teams, workers and appointments, added to the journal. Same seed, same county."""
    random = Random(f"staff {seed}")  # noqa: S311  (an invented county, not a secret)
    staff = Staff()
    _agencies(staff, journal, schools, practices)
    _teams(staff, journal)
    for named in NAMED:
        agency = staff.agencies[named.agency]
        _worker(
            staff,
            journal,
            named.name,
            named.role,
            agency,
            named.title,
            staff.teams.get(named.team),
            account=True,
        )
    for number, agency in enumerate([*staff.schools, *staff.practices]):
        title = "Designated safeguarding lead" if agency.kind == "school" else "General practitioner"
        if agency.name != "Hill Lane Primary School":
            _worker(staff, journal, _name(random, number), "partner lead", agency, title, None)
    for number, (name, _, _) in enumerate(OTHER_AGENCIES):
        _worker(staff, journal, _name(random, 500 + number), "partner", staff.agencies[name], "Practitioner", None)
    for number in range(4):
        title = "Social worker"
        _worker(
            staff, journal, _name(random, 900 + number), "social worker", staff.agencies[COUNTY], title,
            staff.teams["assessment"],
        )  # fmt: skip
    return staff


def _agencies(staff: Staff, journal: Journal, schools: int, practices: int) -> None:
    council = Agency(
        name=pack().word("council"),
        kind="county",
        description="The council's children's services, and its front door.",
    )
    staff.agencies[COUNTY] = council
    names = dict.fromkeys(["Hill Lane", *(name.strip() for name in SCHOOLS)])
    for number, name in enumerate(list(names)[:schools]):
        stage = "Primary School" if number % 5 or name == "Hill Lane" else "High School"
        agency = Agency(name=f"{name} {stage}", kind="school", description="A school: it sees the child every day.")
        staff.agencies[agency.name] = agency
        staff.schools.append(agency)
    for number in range(practices):
        name = f"{list(names)[-1 - number]} Surgery"
        agency = Agency(name=name, kind="gp", description="A family doctors' practice.")
        staff.agencies[name] = agency
        staff.practices.append(agency)
    for name, kind, description in OTHER_AGENCIES:
        staff.agencies[name] = Agency(name=name, kind=kind, description=description)
    journal.add(*staff.agencies.values())


def _teams(staff: Staff, journal: Journal) -> None:
    for team in missing_teams(staff.agencies[COUNTY], set()):
        staff.teams[team.key.replace("_", " ")] = team
    journal.add(*staff.teams.values())


def _worker(
    staff: Staff,
    journal: Journal,
    name: str,
    role: str,
    agency: Agency,
    title: str,
    team: Team | None,
    *,
    account: bool = False,
) -> None:
    worker = Worker(agency=agency, name=name, job_title=title, since=SINCE)
    if account:
        email = f"{name.lower().replace(' ', '.')}@demonstration.invalid"
        worker.account = Account(email=email)
        worker.account.set_unusable_password()
        worker.account.save()
    journal.add(worker, Appointment(worker=worker, role=role, team=team, since=SINCE))
    staff.workers[name] = worker
    staff.in_role.setdefault(role, []).append(worker)
    if agency.kind != "county":
        staff.by_kind.setdefault(agency.kind, []).append(worker)


def _name(random: Random, number: int) -> str:
    return f"{random.choice(GIRLS if number % 2 else BOYS)} {random.choice(FAMILIES)}"
