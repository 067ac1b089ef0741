"""Sending by text message, through a service of the shape of GOV.UK Notify.

The key is the service's own: a name, the service's number and a secret, joined by hyphens. Of the template all the
text is one placeholder, `message`. Before a text is tried again the service is asked whether it has it already.
"""

from __future__ import annotations

import time
from typing import Any

import jwt
import requests
from django.conf import settings

from righthelp.engine.notices.post import NotSent
from righthelp.record.notices import NoticeMessage

Fault = NoticeMessage.Fault
PATIENCE = (5, 10)  # seconds: to be connected, and between two pieces of an answer
NUMBER = 36  # characters of each number in the key


class ByText:
    """The text service of the settings."""

    shows_only = False

    def send(self, message: NoticeMessage, to: str, words: str) -> None:
        number = str(message.pk)
        if message.tries > 1 and self._has(number):
            return
        self._asked(
            "POST",
            "/v2/notifications/sms",
            json={
                "phone_number": to,
                "template_id": settings.TEXT_TEMPLATE,
                "personalisation": {"message": words},
                "reference": number,
            },
        )

    def _has(self, number: str) -> bool:
        answer = self._asked("GET", "/v2/notifications", params={"reference": number, "template_type": "sms"})
        there = answer.get("notifications") if isinstance(answer, dict) else None
        if not isinstance(there, list):
            raise NotSent(Fault.NOT_UNDERSTOOD)
        return bool(there)

    def _asked(self, method: str, path: str, **more: Any) -> Any:
        try:
            answer = requests.request(
                method,
                settings.TEXT_SERVER.rstrip("/") + path,
                headers={"Authorization": f"Bearer {_token(settings.TEXT_KEY)}"},
                timeout=PATIENCE,
                allow_redirects=False,
                **more,
            )
        except requests.Timeout as fault:
            raise NotSent(Fault.TOO_SLOW) from fault
        except requests.RequestException as fault:
            raise NotSent(Fault.NO_ANSWER) from fault
        if answer.status_code not in {200, 201}:
            raise _refusal(answer.status_code)
        try:
            return answer.json()
        except ValueError as fault:
            raise NotSent(Fault.NOT_UNDERSTOOD) from fault


def _refusal(status: int) -> NotSent:
    if status == 400:  # it will never take this number
        return NotSent(Fault.NEVER, again=False)
    if status in {401, 403}:
        return NotSent(Fault.NOT_LET_IN)
    return NotSent(Fault.NOT_NOW if status == 429 or status >= 500 else Fault.NOT_UNDERSTOOD)


def _token(key: str) -> str:
    service, secret = key[-2 * NUMBER - 1 : -NUMBER - 1], key[-NUMBER:]
    return jwt.encode({"iss": service, "iat": int(time.time())}, secret, algorithm="HS256")
