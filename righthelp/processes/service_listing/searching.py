"""Finding a service by words however spelt, need, age, place and way of asking, with the reasons why each is found."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramStrictWordSimilarity
from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from righthelp.packs import pack
from righthelp.packs.directory import OLDEST
from righthelp.processes.service_listing.models import ServiceListing
from righthelp.processes.service_listing.near import NEARBY, Place, miles, place_meant, place_of_postcode, places

# How much of two words' letters in threes is the same: "anxeity" and "anxiety" 0.33, "dept" and "debt" 0.25.
NEAR_ENOUGH, NEAR_ENOUGH_SHORT = 0.3, 0.25
MOST_WORDS = 8
SHORT = 4  # words of fewer letters are found only as they are spelt
SAYS_NOTHING = frozenset(
    "a an and are at can can't do for from get have help helping i in is it me my need needs of on or our service "
    "services she he support that the their them they to us want we who with you".split()
)
ANYWHERE = ["COUNTY", "ONLINE"]


def _codes(name: str, nothing: str) -> list[tuple[str, str]]:
    codes = [code for code in pack().codes(name) if code.until is None]
    return [("", nothing), *((code.code, code.label) for code in codes)]


class DirectoryForm(forms.Form):
    """What somebody looks for. Every question may be left empty."""

    mark_optional = False
    words = forms.CharField(
        label="Words", help_text="For example, anxious about school", required=False, max_length=200
    )
    need = forms.ChoiceField(label="Help with", required=False)
    age = forms.IntegerField(
        label="Age of the child",
        required=False,
        min_value=0,
        max_value=OLDEST,
        error_messages={
            "invalid": "Enter the age in whole years, such as 7",
            "min_value": "Enter the age in years, 0 for a baby",
            "max_value": f"Enter an age up to {OLDEST}: services for children end there",
        },
    )
    place = forms.CharField(label="Town, or first half of the postcode", required=False, max_length=60)
    ask = forms.ChoiceField(label="How you would ask", required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["need"].choices = _codes("help_need", "Anything")  # type: ignore[attr-defined]
        self.fields["ask"].choices = _codes("way_to_ask", "In any way")  # type: ignore[attr-defined]
        if known := places():
            self.fields["place"].help_text = f"For example, {known[0].label}, or {known[0].district}"

    def clean_place(self) -> Place | None:
        typed = self.cleaned_data["place"]
        if not typed:
            return None
        meant = place_meant(typed)
        if meant is None:
            known = ", ".join(place.label for place in places())
            raise forms.ValidationError(
                f"We do not know that place. Enter the first half of a postcode here, or one of: {known}"
            )
        return meant


@dataclass(frozen=True)
class Asked:
    """What was asked, as it is looked for."""

    words: tuple[str, ...] = ()
    need: str = ""
    age: int | None = None
    place: Place | None = None
    ask: str = ""

    @classmethod
    def by(cls, form: DirectoryForm) -> Asked:
        """From a form that is whole."""
        typed = form.cleaned_data
        return cls(words_of(typed["words"]), typed["need"], typed["age"], typed["place"], typed["ask"])

    def __bool__(self) -> bool:
        return bool(self.words or self.need or self.age is not None or self.place or self.ask)


@dataclass(frozen=True)
class Found:
    """A listing that fits, why, and how far away it is where that is known."""

    listing: ServiceListing
    reasons: list[str]
    far: str


def every_word(text: str) -> list[str]:
    """Every word of a text, in small letters."""
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.casefold())


def words_of(typed: str) -> tuple[str, ...]:
    """The words that say something, in their order, each once."""
    words = every_word(typed)
    return tuple(dict.fromkeys(word for word in words if word not in SAYS_NOTHING))[:MOST_WORDS]


def listings(asked: Asked) -> QuerySet[ServiceListing]:
    """The listings that fit, those that fit best first; the viewer's own locks hold."""
    rows = ServiceListing.objects.exclude(state=ServiceListing.State.CLOSED)
    if asked.need:
        rows = rows.filter(helps_with__contains=[asked.need])
    if asked.age is not None:
        rows = rows.filter(
            Q(youngest__isnull=True) | Q(youngest__lte=asked.age), Q(oldest__isnull=True) | Q(oldest__gte=asked.age)
        )
    if asked.ask:
        rows = rows.filter(asked_by__contains=[asked.ask])
    order: list[str] = []
    if asked.place:
        nearby = asked.place.nearby()
        rows = rows.filter(places__overlap=[*nearby, *ANYWHERE]).annotate(
            afar=Case(
                When(places__contains=[asked.place.code], then=Value(0)),
                When(places__overlap=ANYWHERE, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        order.append("afar")
    if asked.words:
        rows = _by_words(rows, asked.words)
        order = ["-fits", *order]
    return rows.order_by(*order, "name", "pk")  # type: ignore[no-any-return]


def _by_words(rows: QuerySet[ServiceListing], words: Sequence[str]) -> QuerySet[ServiceListing]:
    """Rows in which half of the words are found, in whatever form; a word that nobody wrote, as it is nearly spelt."""
    rows = rows.annotate(
        in_name=SearchVector("name", config="english"), said=SearchVector("found_by", config="english")
    )
    queries = [SearchQuery(word, config="english") for word in words]
    written = rows.aggregate(**{f"word_{number}": BoolOr(_is_so(said=query)) for number, query in enumerate(queries)})
    fits: list[Any] = []
    for number, (word, query) in enumerate(zip(words, queries, strict=True)):
        cases = [When(in_name=query, then=Value(2.0)), When(said=query, then=Value(1.0))]  # a name says most
        if not written[f"word_{number}"] and len(word) >= SHORT:
            near = f"near_{number}"
            rows = rows.annotate(**{near: Cast(TrigramStrictWordSimilarity(word, "found_by"), FloatField())})
            enough = NEAR_ENOUGH_SHORT if len(word) == SHORT else NEAR_ENOUGH
            cases.append(When(**{f"{near}__gte": enough}, then=F(near)))
        rows = rows.annotate(**{f"fit_{number}": Case(*cases, default=Value(0.0), output_field=FloatField())})
        fits.append(F(f"fit_{number}"))
    there = [Case(When(**{f"{fit.name}__gt": 0}, then=Value(1)), default=Value(0)) for fit in fits]
    return rows.annotate(fits=sum(fits, Value(0.0)), there=sum(there, Value(0))).filter(
        there__gte=math.ceil(len(words) / 2)
    )


def _is_so(**said: Any) -> Case:
    return Case(When(**said, then=Value(True)), default=Value(False))


def found(rows: Sequence[ServiceListing], asked: Asked) -> list[Found]:
    """Listings with the reasons why each is found."""
    return [Found(listing, list(_reasons(listing, asked)), _far(listing, asked)) for listing in rows]


def _reasons(listing: ServiceListing, asked: Asked) -> Iterator[str]:
    written = every_word(listing.found_by)
    for word in asked.words:
        close = difflib.get_close_matches(word, written, n=1, cutoff=0.6)
        if word in written:
            yield f"It speaks of “{word}”"
        elif close:
            yield f"“{word}” is like “{close[0]}”"
    if asked.need:
        yield f"It helps with: {listing.label('helps_with', asked.need).lower()}"
    if asked.age is not None:
        yield f"It is for the age you gave: {listing.ages.lower()}" if listing.ages else "It names no age"
    if asked.place:
        yield from _why_there(listing, asked.place)
    if asked.ask:
        yield pack().codes("way_to_ask")[asked.ask].also["does"]


def _why_there(listing: ServiceListing, place: Place) -> Iterator[str]:
    if place.code in listing.places:
        yield f"It is in {place.label}"
    elif "COUNTY" in listing.places:
        yield "It is for the whole county"
    elif "ONLINE" in listing.places:
        yield "It is online"
    else:
        yield f"It is within {NEARBY} miles of {place.label}"


def _far(listing: ServiceListing, asked: Asked) -> str:
    """How far away it is, where both places are known; to a mile, because a district is no nearer than that."""
    there = place_of_postcode(listing.postcode)
    if asked.place is None or there is None or asked.place.position is None or there.position is None:
        return ""
    if there == asked.place:
        return f"In {there.label}"
    return f"About {max(1, round(miles(asked.place.position, there.position)))} miles from {asked.place.label}"
