"""What a return told that the record keeps word for word (`KeptForLater`), read again for the return that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

from righthelp.returns.cin.tables import Episode, PreProceedings

_TRUTH = {"1": True, "true": True, "0": False, "false": False}
_READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "PPStartDate": ("started_on", date.fromisoformat),
    "LBPSentDate": ("letter_sent_on", date.fromisoformat),
    "FGDMMeetingOffer": ("meeting_offered", _TRUTH.__getitem__),
    "FGDMMeetingFac": ("meeting_held", _TRUTH.__getitem__),
    "InitialPPMeetingDate": ("first_meeting_on", date.fromisoformat),
    "ReviewMeetingsCount": ("reviews", int),
    "StepDecisionDate": ("decided_on", date.fromisoformat),
    "PPOutcome": ("outcome", str),
    "CourtAppDate": ("applied_on", date.fromisoformat),
    "LetterInitCPDate": ("letter_on", date.fromisoformat),
}


def content_of(kept: str) -> str:
    """The words within an element that was kept."""
    return "".join(ElementTree.fromstring(kept).itertext()).strip()  # noqa: S314  (written by our own loader)


def pre_proceedings(episode: Episode, kept: str) -> Iterator[PreProceedings]:
    """Pre-proceedings and family group decision-making of one referral. What cannot be read is left out."""
    row = PreProceedings(episode=episode, entry=episode.entry)
    for element in ElementTree.fromstring(kept):  # noqa: S314
        place = _READ.get(element.tag)
        words = (element.text or "").strip()
        if place is None or not words:
            continue
        try:
            setattr(row, place[0], place[1](words))
        except (KeyError, ValueError):
            row.said[element.tag] = (words, 0)
    yield row
