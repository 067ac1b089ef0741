"""Agencies, teams, workers and the roles they hold; locked circles and who may open them; who looked at what."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from righthelp.guard.guarded import GuardedModel, new_id
from righthelp.guard.roles import ROLES
from righthelp.guard.rules import CountyStaff, InRole, Own, OwnAgency, SignedIn, Unlocked

LOOKS_AFTER_ACCESS = InRole(frozenset({"user administrator", "information governance"}))


class Since(models.Model):
    """A fact with a first day and, once it has ended, a last day (both included)."""

    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """A fact does not end before it begins."""
    return models.CheckConstraint(name=name, condition=Q(until__isnull=True) | Q(until__gte=F("since")))


class AccountManager(BaseUserManager["Account"]):
    """Accounts by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """What somebody signs in with. It says nothing of what they may see: their appointments do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.email


class Agency(GuardedModel):
    """An organisation whose workers help children: the county itself, a school, the police, a health trust."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)  # a code of the pack's set "agency kind"
    description = models.TextField()
    told_by_email = models.EmailField(blank=True)

    seen_by = [SignedIn()]

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [models.UniqueConstraint(fields=["name"], name="agency_name_once")]

    def __str__(self) -> str:
        return self.name


class Team(GuardedModel):
    """A team of an agency, and what it is for."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    description = models.TextField()
    key = models.CharField(max_length=40, blank=True)  # of the county's own teams: by this its pack knows it

    seen_by = [SignedIn()]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="team_name_once_an_agency"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="team_key_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Worker(GuardedModel, Since):
    """A person who works with children or for those who do. What they may see follows from their appointments."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200)
    telephone = models.CharField(max_length=30, blank=True)

    seen_by = [CountyStaff(), OwnAgency("agency")]
    written_by = [InRole(frozenset({"user administrator"}))]

    class Meta:
        constraints = [ends_after_it_begins("worker_ends_after_beginning")]

    def __str__(self) -> str:
        return self.name


class Appointment(GuardedModel, Since):
    """A role that a worker holds, in a team where the role works in one. Nobody gives or ends a role of their own."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40, choices=[(name, name) for name in ROLES])
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    seen_by = [CountyStaff(), Own("worker")]

    class Meta:
        constraints = [  # one that ends on the day it began has its last day on the day before
            models.CheckConstraint(
                name="nobody_appoints_themselves",
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("worker")),
            ),
        ]

    def __str__(self) -> str:
        return self.role


class Circle(GuardedModel, Since):
    """A locked circle: the records of a family that only the workers named in it may open.

    It is locked because a worker is of that family, or somebody's safety needs it. To everybody else the records do
    not exist: not in a search, a list, a count or an error.
    """

    why = models.TextField()

    seen_by = [Unlocked(circle="id")]

    class Meta:
        constraints = [ends_after_it_begins("circle_ends_after_beginning")]

    def __str__(self) -> str:
        return "Locked circle"


class CircleMember(GuardedModel, Since):
    """A worker who may open what a circle locks."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="members")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    seen_by = [Unlocked(circle="circle")]

    def __str__(self) -> str:
        return str(self.worker)


class Opening(GuardedModel):
    """An emergency opening (break-glass): for some hours a worker may open what a circle locks. Always reviewed."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    seen_by = [Own("worker"), Unlocked(circle="circle")]

    def __str__(self) -> str:
        return f"Opened until {self.closes_at:%d %B %Y %H:%M}"


class AccessLog(GuardedModel):
    """One look at a record, or one refusal: who, when, at whom, why they might. Never changed."""

    class Kind(models.TextChoices):
        OPENED = "OPENED", "opened"
        SEARCHED = "SEARCHED", "searched"
        PRINTED = "PRINTED", "printed or downloaded"
        REFUSED = "REFUSED", "refused"
        PURPOSE = "PURPOSE", "a job ran"

    at = models.DateTimeField()
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    worker_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Plain identifiers, not keys: the log outlives what it speaks of, and a guessed address names nothing that exists.
    person = models.UUIDField(null=True)
    entry = models.UUIDField(null=True)
    what = models.CharField(max_length=300)
    relation = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    request = models.CharField(max_length=40, blank=True)

    seen_by = [
        Own("worker"),
        Unlocked(people=("person",), needs_person=True),
        InRole(frozenset({"information governance"})),
    ]
    append_only = True
    audited = False  # it is itself an audit

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="access_log_person"),
            models.Index(fields=["worker", "-at"], name="access_log_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_name} {self.get_kind_display()} {self.what}"
