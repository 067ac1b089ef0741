"""What the rules of a statutory return find in the county's own record, months before the return is made."""

from django.db import models
from django.db.models import Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Team, Worker
from righthelp.guard.rules import Through
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry


class ReturnFinding(GuardedModel):
    """A rule of a return that a child's record breaks: found when the fact was recorded, mended when it was put right.

    An error is put right. A query may be right as it is: then somebody says why, and the county's reply to the
    Department rests on what they said. Rows are made from the record and the rules (`findings.py`); only the
    explanation is anybody's own words.
    """

    class Severity(models.TextChoices):
        ERROR = "ERROR", "error"
        QUERY = "QUERY", "query"

    of_return = models.CharField(max_length=10)  # CIN: the Children in Need Census
    year = models.PositiveSmallIntegerField()  # the one in which the return's period ends
    rule = models.CharField(max_length=10)  # the Department's code
    severity = models.CharField(max_length=5, choices=Severity.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(CaseEntry, on_delete=models.PROTECT, related_name="+")  # where it is mended
    element = models.CharField(max_length=60)
    value = models.CharField(max_length=100, blank=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")  # that holds the entry
    found_on = models.DateField()
    mended_on = models.DateField(null=True)
    explanation = models.TextField("why is it right as it is?", max_length=1000, blank=True)
    explained_by = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    explained_on = models.DateField(null=True)

    seen_by = [Through("entry", county=True)]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of_return", "year", "entry", "rule", "element"],
                condition=Q(mended_on__isnull=True),
                name="return_finding_open_once",
            ),
            models.CheckConstraint(
                name="return_finding_explained_in_words",
                condition=Q(explained_by__isnull=True) | ~Q(explanation=""),
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="return_finding_person"),
            models.Index(fields=["entry"], name="return_finding_entry", condition=Q(mended_on__isnull=True)),
            models.Index(fields=["of_return", "year", "found_on"], name="return_finding_year"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.element}"

    @property
    def is_query(self) -> bool:
        return self.severity == self.Severity.QUERY
