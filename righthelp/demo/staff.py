"""The invented county's agencies, teams and workers, and the named ones as whom anybody may sign in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from righthelp.demo.names import FAMILIES, MEN, SCHOOLS, WOMEN
from righthelp.engine.journal import Journal
from righthelp.engine.teams import missing_teams
from righthelp.guard.models import Account, Agency, Appointment, Team, Worker
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import AsWorker
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
    at: dict[UUID, list[Worker]] = field(default_factory=dict)  # by agency, who leads there first
    viewers: dict[UUID, AsWorker] = field(default_factory=dict)

    def viewer(self, worker: Worker) -> AsWorker:
        """The worker as who takes a step, without what they may see: a purpose looks while a county is made."""
        return self.viewers[worker.pk]


COUNTY = "county"
HUB = "the team that receives police notifications"  # a hub of its own, or the front door: the pack says
TELL_OF_WORRIES = {"partner", "partner lead"}
NAMED = (
    Named("Ruth Adeyemi", "partner lead", "Hill Lane Primary School", "Designated safeguarding lead"),
    Named("Tom Fairley", "partner", "Hill Lane Primary School", "Class teacher"),
    Named("Grace Okoro", "partner lead", "Wyeside Community Health", "Named nurse for safeguarding children"),
    Named("Helen Marsh", "partner", "Wyeside Community Health", "Health visitor"),
    Named("Imran Qureshi", "partner lead", "Border Counties Police", "Police sergeant, harm assessment unit"),
    Named("Gwen Tarrant", "police notifier", "Border Counties Police", "Notifications officer, harm assessment unit"),
    Named("Kate Lomas", "partner", "Border Counties Police", "Detective constable, child abuse investigation"),
    Named("Dale Winters", "contact worker", COUNTY, "Contact worker", "front door"),
    Named("Nia Prosser", "front door social worker", COUNTY, "Social worker", "front door"),
    Named("Sam Holt", "front door social worker", COUNTY, "Senior social worker", "front door"),
    Named("Rhian Cobb", "front door social worker", COUNTY, "Social worker, domestic abuse hub", HUB),
    Named("Marian Blythe", "front door manager", COUNTY, "Team manager", "front door"),
    Named("Carl Denny", "front door manager", COUNTY, "Managing practitioner", "front door"),
    Named("Jo Ferris", "early help worker", COUNTY, "Early help adviser", "early help"),
    Named("Petra Lind", "early help manager", COUNTY, "Early help manager", "early help"),
    Named("Ade Bankole", "social worker", COUNTY, "Social worker", "assessment"),
    Named("Fiona Garrick", "social worker", COUNTY, "Social worker", "assessment"),
    Named("Priya Nandra", "social worker", COUNTY, "Social worker", "assessment"),
    Named("Owen Tully", "social worker", COUNTY, "Advanced social work practitioner", "assessment"),
    Named("Leonard Swann", "team manager", COUNTY, "Team manager", "assessment"),
    Named("Beverley Ashdown", "conference chair", COUNTY, "Child protection conference chair", "child protection"),
    Named("Colin Ember", "business support", COUNTY, "Business support officer, conferences", "child protection"),
    Named("Sylvia Marchetti", "head of service", COUNTY, "Head of service", "leadership"),
    Named("Ivan Brandt", "information governance", COUNTY, "Information governance officer", "leadership"),
    Named("Una Kelleher", "user administrator", COUNTY, "Systems administrator"),
)
OTHER_AGENCIES = (  # name, kind, how many work there, what it is
    ("Wyeside Community Health", "health_visiting", 5, "Health visitors and children's therapists."),
    ("Wyeside School Nursing", "school_nursing", 2, "School nurses, and a drop-in in every high school."),
    ("Border Counties Police", "police", 7, "The police force, with its harm assessment unit at the front door."),
    ("Marches General Hospital", "emergency_department", 3, "The hospital's emergency department."),
    ("Marches Children's Wards", "health", 3, "The hospital's children's wards and clinics."),
    ("Marches Maternity Service", "midwifery", 3, "Midwives, in the hospital and at home."),
    ("Border Ambulance Service", "ambulance", 2, "Ambulance crews."),
    ("Riverside Dental and Eye Clinic", "primary_health", 2, "Dentists, opticians and pharmacists."),
    ("Calm Minds Children's Service", "mental_health", 3, "Mental health help for children and young people."),
    ("Riverside Housing", "housing", 2, "Homes to rent, and help to keep them."),
    ("Little Acorns Nursery", "early_years", 2, "A nursery and its family room."),
    ("School Attendance and Home Education", "education", 2, "The council's education welfare officers."),
    ("Adult Social Care", "council_adults", 2, "The council's social workers for adults."),
    ("Youth Justice Service", "youth_justice", 2, "Works with children who have broken the law."),
    ("Leisure and Libraries", "council_other", 1, "The council's libraries and leisure centres."),
    ("Neighbouring County Council", "other_council", 2, "Children's services of the next county."),
    ("Borderland Probation", "probation", 2, "Supervision of adults who have offended."),
    ("Family Court Advisers", "court", 1, "Say to the family court what would be best for a child."),
    ("Safe Harbour", "domestic_abuse", 2, "Help for anybody living with domestic abuse."),
    ("Open Door Youth Trust", "voluntary", 3, "Youth work, mentoring and family support."),
    ("Good Neighbours Club", "other", 1, "Volunteers, a food bank and a warm room."),
)
# How many beside the named ones, in a small county and in one of the size of the papers. There are so many social
# workers in it that each has 16 to 20 children (MTM-2b); the papers count 70 people in early help (EH-64).
COUNTY_STAFF = (  # role, title, team, in a small county, in a whole one
    ("contact worker", "Contact worker", "front door", 1, 1),
    ("front door social worker", "Social worker", "front door", 5, 5),
    ("front door manager", "Managing practitioner", "front door", 1, 1),
    ("early help worker", "Early help adviser", "early help", 6, 60),
    ("early help manager", "Early help manager", "early help", 0, 6),
    ("social worker", "Social worker", "assessment", 22, 58),
    ("team manager", "Team manager", "assessment", 1, 8),
    ("conference chair", "Child protection conference chair", "child protection", 2, 6),
    ("business support", "Business support officer", "child protection", 1, 4),
)
TITLES = {
    "school": "Designated safeguarding lead", "gp": "General practitioner", "police": "Police constable",
    "health_visiting": "Health visitor", "midwifery": "Midwife", "emergency_department": "Senior sister",
    "health": "Paediatric nurse specialist", "ambulance": "Paramedic", "housing": "Housing officer",
    "probation": "Probation officer", "voluntary": "Youth worker", "domestic_abuse": "Independent adviser",
}  # fmt: skip


def make_staff(journal: Journal, seed: int = 1, *, schools: int = 50, practices: int = 12, size: float = 0.0) -> Staff:
    """Agencies, teams, workers and appointments, added to the journal. Same seed, same county.

    `size`: how large the county is, of that in the papers.
    """
    random = Random(f"staff {seed}")  # noqa: S311  (an invented county, not a secret)
    staff = Staff()
    _agencies(staff, journal, schools, practices)
    _teams(staff, journal)
    names = _Names(random)
    for named in NAMED:
        agency = staff.agencies[named.agency]
        _worker(staff, journal, named.name, named.role, agency, named.title, staff.teams.get(named.team), account=True)
    for agency in (*staff.schools, *staff.practices):
        if agency.name != "Hill Lane Primary School":
            _worker(staff, journal, names.next(), "partner lead", agency, TITLES[agency.kind], None)
    for name, kind, number, _ in _other_agencies():
        for _ in range(number):
            title = TITLES.get(kind, "Practitioner")
            _worker(staff, journal, names.next(), "partner", staff.agencies[name], title, None)
    for role, title, team, least, whole in COUNTY_STAFF:
        for _ in range(max(least, round(whole * min(size, 10)))):
            _worker(staff, journal, names.next(), role, staff.agencies[COUNTY], title, staff.teams[team])
    return staff


def staff_on_record() -> Staff:
    """The same as the record holds them, whenever they were added, in order of name."""
    staff = Staff()
    for agency in Agency.objects.order_by("name"):
        staff.agencies[COUNTY if agency.kind == "county" else agency.name] = agency
        {"school": staff.schools, "gp": staff.practices}.get(agency.kind, []).append(agency)
    held = Appointment.objects.filter(until__isnull=True, worker__until__isnull=True)
    for row in held.select_related("worker__agency", "team").order_by("worker__name", "role"):
        worker, agency = row.worker, row.worker.agency
        staff.workers[worker.name] = worker
        staff.in_role.setdefault(row.role, []).append(worker)
        if row.role in TELL_OF_WORRIES:
            staff.by_kind.setdefault(agency.kind, []).append(worker)
            leads = staff.at.setdefault(agency.pk, [])
            leads.insert(0 if ROLES[row.role].leads else len(leads), worker)
        staff.viewers[worker.pk] = AsWorker(
            worker.pk, worker.name, agency.pk, agency.name, frozenset([row.role]),
            frozenset([row.team_id] if row.team_id else []),
        )  # fmt: skip
    return staff


def named_workers() -> list[dict[str, str]]:
    """The workers who have an account, as whom anybody may sign in: who they are and what they do."""
    titles, kinds = pack().roles(), pack().codes("agency_kind")
    order = list(ROLES)
    held: dict[Worker, list[str]] = {}
    for row in Appointment.objects.filter(worker__account__isnull=False, until__isnull=True).select_related(
        "worker__agency"
    ):
        held.setdefault(row.worker, []).append(row.role)
    for roles in held.values():
        roles.sort(key=order.index)
    workers = sorted(
        held,
        key=lambda worker: (worker.agency.kind == "county", worker.agency.kind, order.index(held[worker][0])),
    )
    return [
        {
            "worker_id": str(worker.pk),
            "name": worker.name,
            "role": ", ".join(titles[role].title for role in held[worker]),
            "agency": worker.agency.name,
            "agency_kind": kinds[worker.agency.kind].label,
            "does": titles[held[worker][0]].does,
        }
        for worker in workers
    ]


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
    for name, kind, _, description in _other_agencies():
        staff.agencies[name] = Agency(name=name, kind=kind, description=description)
    journal.add(*staff.agencies.values())


def _teams(staff: Staff, journal: Journal) -> None:
    for team in missing_teams(staff.agencies[COUNTY], set()):
        staff.teams[team.key.replace("_", " ")] = team
    journal.add(*staff.teams.values())
    if hub := pack().receiver("police_notification"):
        staff.teams[HUB] = staff.teams[hub.key.replace("_", " ")]


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
    if role in TELL_OF_WORRIES:
        staff.by_kind.setdefault(agency.kind, []).append(worker)


def _other_agencies() -> list[tuple[str, str, int, str]]:
    """Those of every county, and one of each kind that only this county has."""
    own = [code for code in pack().codes("agency_kind") if code.national != code.code]
    return [*OTHER_AGENCIES, *((code.label, code.code, 1, code.hint or code.label) for code in own)]


class _Names:
    """Names of invented workers, none of them twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._used = {named.name for named in NAMED}

    def next(self) -> str:
        while True:
            name = f"{self._random.choice((*WOMEN, *MEN))} {self._random.choice(FAMILIES)}"
            if name not in self._used:
                self._used.add(name)
                return name
