"""The ways out that are set up: by e-mail, by text message, or the demonstration's, which only shows."""

from __future__ import annotations

from django.conf import settings

from righthelp.engine.notices.by_email import ByEmail
from righthelp.engine.notices.by_text import ByText
from righthelp.engine.notices.post import Post, ShownOnly
from righthelp.record.notices import NoticeMessage


def posts() -> dict[str, Post]:
    """The ways out that are set up, by what they carry."""
    found: dict[str, Post] = {}
    if settings.DEMONSTRATION:
        found = {NoticeMessage.By.EMAIL: ShownOnly(), NoticeMessage.By.TEXT: ShownOnly()}
    if settings.EMAIL_HOST:
        found[NoticeMessage.By.EMAIL] = ByEmail()
    if settings.TEXT_KEY and settings.TEXT_TEMPLATE:
        found[NoticeMessage.By.TEXT] = ByText()
    return found
