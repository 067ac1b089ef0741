"""What a message says: that something waits, and where to sign in. Never of whom, of what, or of which record."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from righthelp.record.notices import NoticeMessage, Waits

About = NoticeMessage.About
SUBJECT = {
    About.WAITS: "Something waits for you in righthelp",
    About.URGENT: "Something that has little time waits for you in righthelp",
    About.DIGEST: "What waits for you in righthelp today",
}


def page(path: str = "") -> str:
    """The address of the notices, which asks whoever follows it to sign in."""
    return f"{settings.ADDRESS}/notices/{path}"


def told_now(about: str, *, by: str) -> str:
    """An e-mail or text that something waits."""
    first = f"{SUBJECT[About(about)]}. Sign in to see what it is: {page()}"
    if by == NoticeMessage.By.TEXT:
        return first
    why = (
        "You are told of this whatever you chose, because the time allowed is a day or less."
        if about == About.URGENT
        else f"You choose how you are told here: {page('choices/')}"
    )
    return f"{first}\n\nThis message says no more, because e-mail is not the place for it.\n\n{why}\n"


def daily(counts: Mapping[Waits, int]) -> str:
    """The daily e-mail: how many things wait, by the reason for which somebody is told of them."""
    lines = [f"- {kind.label[:1].upper()}{kind.label[1:]}: {counts[kind]}" for kind in Waits if counts.get(kind)]
    return (
        f"{SUBJECT[About.DIGEST]}:\n\n{chr(10).join(lines)}\n\nSign in to see them: {page()}\n\n"
        f"You choose how you are told here: {page('choices/')}\n"
    )


def proving(code: str) -> str:
    """The text by which somebody proves that a telephone is theirs."""
    return f"Your code for righthelp is {code}. Nobody will ever ask you for it."
