"""What an issued document took from elsewhere in the record, so that a correction can follow it."""

from django.db import models

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.rules import Through


class Basis(models.TextChoices):
    """On what basis something is said. A reader must be able to tell what was seen from what was heard."""

    SEEN = "SEEN", "seen"
    TOLD = "TOLD", "told"
    ALLEGED = "ALLEGED", "alleged"
    OPINION = "OPINION", "opinion"
    COURT = "COURT", "found by a court"
    RECORDED = "RECORDED", "recorded"


class Quotation(GuardedModel):
    """A passage that an issued document quotes: whose words, on what basis, when, and from which field of which entry.

    An inaccurate fact is put right for everybody it was disclosed to (UK GDPR, articles 16 and 19): from here a
    correction of that field finds every document that quoted it, and the ledger of each says whom it reached.
    """

    document = models.ForeignKey("record.Document", on_delete=models.PROTECT, related_name="quotations")
    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="quoted")  # where it stands
    field = models.CharField(max_length=60)
    block = models.PositiveIntegerField()  # of the document's blocks, the first that is its words; counted from 0
    words = models.TextField()  # as they were quoted
    said_by = models.CharField(max_length=200)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    said_at = models.DateTimeField(null=True)

    seen_by = [Through("document")]
    append_only = True
    audited = False  # append-only: it is its own history

    class Meta:
        ordering = ["document", "block"]
        indexes = [models.Index(fields=["entry", "field"], name="quotation_of_a_field")]

    def __str__(self) -> str:
        return f"{self.field}, quoted in {self.document}"
