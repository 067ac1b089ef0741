"""Children and adults: what is known of each, from whom, since when, and when it was last confirmed."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Agency, Circle, Worker, ends_after_it_begins
from righthelp.guard.rules import CountyStaff, Unlocked
from righthelp.kernel.identifiers import LONGEST
from righthelp.packs import pack

ABOUT_THE_PERSON = Unlocked(people=("person",))


class Known(GuardedModel):
    """A fact with its source and date, to be confirmed rather than typed again."""

    source = models.CharField(max_length=200)  # in words: "Worry from Hill Lane Primary School"
    recorded_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Worker, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Spell(Known):
    """A known fact that held for some time: since when, and until when once it has ended (both days included)."""

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def now(self) -> bool:
        """Whether it has not ended."""
        return self.until is None


class FoundBy(Spell):
    """A fact by which a person is found: it makes search keys for as long as nobody has found it to be of another.

    `told_in` is the entry from which it was learned. When that turns out to be about somebody else, the fact is marked
    as wrong (`wrong_on`): it stays on record, and nobody is found by it.
    """

    told_in = models.ForeignKey("record.CaseEntry", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wrong_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def now(self) -> bool:
        """Whether it has neither ended nor been found wrong."""
        return self.until is None and self.wrong_on is None


class Person(Known):
    """A child or an adult. A child is a person under 18, or not yet born (Children Act 1989, section 105).

    `called` and `called_sort` are made from the names, so that a list needs no second query. `became` is the record
    that this one was merged into: its addresses lead there, and nothing more is written about it.
    """

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known or not recorded"

    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(max_length=200)
    called_sort = models.CharField(max_length=200)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    born_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    became = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_into_this")
    # The entry in which a date of birth was told of somebody who had none: a plain number, for an entry names a person.
    born_told_in = models.UUIDField(null=True, blank=True)

    seen_by = [Unlocked(circle="circle")]
    never_moved = frozenset({"became"})

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                name="person_dies_after_birth",
                condition=Q(died_on__isnull=True) | Q(born_on__isnull=True) | Q(died_on__gte=F("born_on")),
            ),
            models.CheckConstraint(name="nobody_became_themselves", condition=~Q(became=F("id"))),
        ]
        indexes = [
            models.Index(fields=["circle"], name="person_locked", condition=Q(circle__isnull=False)),
            models.Index(fields=["called_sort"], name="person_called"),
            models.Index(fields=["born_on", "called_sort"], name="person_born_and_called"),
        ]

    def __str__(self) -> str:
        return self.called

    def age_on(self, day: date) -> int | None:
        """How many years old they are on a day; nothing for whoever is not born, or of no known age."""
        born = self.born_on
        if born is None or born > day:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class PersonName(FoundBy):
    """A name of a person: as used, as in law, or one they had before."""

    class Kind(models.TextChoices):
        USED = "USED", "name used"
        IN_LAW = "IN_LAW", "name in law"
        FORMER = "FORMER", "earlier name"
        ALSO = "ALSO", "also known as"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100, blank=True)

    seen_by = [ABOUT_THE_PERSON]

    class Meta:
        constraints = [
            ends_after_it_begins("person_name_ends_after_beginning"),
            models.CheckConstraint(name="person_name_not_empty", condition=~Q(given="", family="")),
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Identifier(FoundBy):
    """A number that a service knows a person by. `sound` says whether its check digit is right.

    One that is no longer in use has ended, and still finds them.
    """

    class Kind(models.TextChoices):
        NHS = "NHS", "NHS number"
        UPN = "UPN", "Unique pupil number (UPN)"
        FORMER_UPN = "FORMER_UPN", "Former unique pupil number"
        ULN = "ULN", "Unique learner number (ULN)"
        LA_CHILD = "LA_CHILD", "Local authority's child number"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value = models.CharField(max_length=LONGEST)
    issuer = models.CharField(max_length=20, blank=True)  # the authority whose number it is, where numbers repeat
    sound = models.BooleanField(default=True)

    seen_by = [ABOUT_THE_PERSON]

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="identifier_value")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


class Address(FoundBy):
    """Where a person lives or lived. `place_key` is the same for two spellings of one address."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    lines = models.TextField()
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    place_key = models.CharField(max_length=60, blank=True)

    seen_by = [ABOUT_THE_PERSON]

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [ends_after_it_begins("address_ends_after_beginning")]
        indexes = [models.Index(fields=["place_key"], name="address_place")]

    def __str__(self) -> str:
        return ", ".join(part for part in (*self.lines.splitlines(), self.postcode) if part)


class Characteristic(Spell):
    """Ethnicity, a disability, a first language: a code of the pack's set for that kind."""

    class Kind(models.TextChoices):
        ETHNICITY = "ethnicity", "Ethnicity"
        DISABILITY = "disability", "Disability"
        LANGUAGE = "language", "First language"
        NO_UPN = "upn_unknown", "Why there is no unique pupil number"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="characteristics")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=20)

    seen_by = [ABOUT_THE_PERSON]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.code}"


class Relationship(Spell):
    """Who a person is to another: `person` is the `kind` of `other` (Ann is the mother of Sam)."""

    class ParentalResponsibility(models.TextChoices):
        YES = "YES", "Has parental responsibility"
        NO = "NO", "Does not have parental responsibility"
        UNKNOWN = "UNKNOWN", "Not known"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related_to")
    kind = models.CharField(max_length=30)  # a code of the pack's set "relationship"
    parental_responsibility = models.CharField(
        max_length=8, choices=ParentalResponsibility.choices, default=ParentalResponsibility.UNKNOWN
    )

    seen_by = [Unlocked(people=("person", "other"))]

    class Meta:
        constraints = [
            ends_after_it_begins("relationship_ends_after_beginning"),
            models.CheckConstraint(name="nobody_is_related_to_themselves", condition=~Q(person=F("other"))),
        ]

    def __str__(self) -> str:
        codes = pack().codes("relationship")
        kind = codes.label(self.kind) if self.kind in codes else self.kind
        return f"{self.person}, {kind.lower()} of {self.other}"


class Household(GuardedModel):
    """People who live together. Who they are, and since when, are its members."""

    seen_by = [CountyStaff()]

    def __str__(self) -> str:
        return "Household"


class HouseholdMember(Spell):
    """A person's time in a household; a child who lives in two is a member of both."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")

    seen_by = [ABOUT_THE_PERSON]

    class Meta:
        constraints = [ends_after_it_begins("household_member_ends_after_beginning")]

    def __str__(self) -> str:
        return str(self.person)


class Involvement(Spell):
    """An agency that knows a person in the ordinary way: their school, their GP practice, their health visitor."""

    class Kind(models.TextChoices):
        SCHOOL = "SCHOOL", "School or setting"
        GP = "GP", "GP practice"
        HEALTH = "HEALTH", "Health visiting or school nursing"
        OTHER = "OTHER", "Other service"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    seen_by = [ABOUT_THE_PERSON]

    class Meta:
        constraints = [ends_after_it_begins("involvement_ends_after_beginning")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.agency}"


class SearchKey(GuardedModel):
    """What a person is found by: sounds, spellings, dates, postcodes and numbers, made from the rest (`keys.py`)."""

    id = None  # type: ignore[assignment]
    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT)
    keys = ArrayField(models.CharField(max_length=80))

    seen_by = [ABOUT_THE_PERSON]
    audited = False  # made again from the rest at any time
    never_moved = frozenset({"person"})

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="search_key_keys")]

    def __str__(self) -> str:
        return str(self.person_id)
