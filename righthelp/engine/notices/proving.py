"""Proving that a mobile telephone is somebody's: a code is sent to it, and they say which.

The code is made from the number and the moment of asking, and kept nowhere.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from righthelp.guard.viewers import SEND, looking
from righthelp.record.notices import NoticeMessage, NoticeWishes

GOOD_FOR = timedelta(minutes=15)
TRIES = 5
CODES = 100_000
BETWEEN = timedelta(minutes=1)  # two codes


def as_mobile(text: str) -> str:
    """A number as it is dialled, from how people write it; empty when it is no mobile number of this country."""
    digits = re.sub(r"[\s()\-.]", "", text)
    digits = re.sub(r"^(\+44|0044)0?", "0", digits)
    return digits if re.fullmatch(r"07[0-9]{9}", digits) else ""


def code_of(wishes: NoticeWishes) -> str:
    """The code that proves this number, asked for at that moment."""
    asked = wishes.code_sent_at.isoformat() if wishes.code_sent_at else ""
    made = salted_hmac("righthelp.mobile", f"{wishes.worker_id} {wishes.mobile} {asked}", algorithm="sha256").digest()
    return f"{int.from_bytes(made, 'big') % CODES:05d}"


def ask(wishes: NoticeWishes, mobile: str, now: datetime) -> None:
    """Send a code to a number. A message is written with the wish, and goes out with the others."""
    wishes.mobile, wishes.mobile_proved_at, wishes.code_sent_at, wishes.code_tries = mobile, None, now, 0
    wishes.save()
    code = NoticeMessage(
        worker_id=wishes.worker_id, by=NoticeMessage.By.TEXT, about=NoticeMessage.About.CODE, made_at=now, next_at=now
    )
    with looking(SEND):  # messages are written by nobody whom they are for
        NoticeMessage.objects.bulk_create([code])


def waits_for_code(wishes: NoticeWishes, now: datetime) -> bool:
    """Whether a code that was sent is still good."""
    sent = wishes.code_sent_at
    return bool(
        wishes.mobile and not wishes.mobile_proved_at and sent and now - sent < GOOD_FOR and wishes.code_tries < TRIES
    )


def prove(wishes: NoticeWishes, said: str, now: datetime) -> bool:
    """Whether this is the code; each try counts."""
    if not waits_for_code(wishes, now):
        return False
    wishes.code_tries += 1
    right = constant_time_compare(said, code_of(wishes))
    if right:
        wishes.mobile_proved_at = now
    wishes.save()
    return right
