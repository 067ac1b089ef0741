"""Sending by e-mail, through the county's mail server."""

from __future__ import annotations

from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from righthelp.engine.notices.post import NotSent
from righthelp.engine.notices.words import SUBJECT
from righthelp.record.notices import NoticeMessage

Fault = NoticeMessage.Fault


class ByEmail:
    """The mail server of the settings. A message that is tried again bears the same number, so that a mail system
    knows it for the same."""

    shows_only = False

    def send(self, message: NoticeMessage, to: str, words: str) -> None:
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        email = EmailMessage(
            SUBJECT[NoticeMessage.About(message.about)],
            words,
            to=[to],
            headers={"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
            connection=get_connection(settings.EMAIL_BACKEND),
        )
        try:
            email.send()
        except (SMTPException, OSError) as fault:
            raise _not_sent(fault) from fault


def _not_sent(fault: OSError) -> NotSent:
    if isinstance(fault, TimeoutError) or (isinstance(fault, SMTPServerDisconnected) and "timed out" in str(fault)):
        return NotSent(Fault.TOO_SLOW)
    if isinstance(fault, SMTPRecipientsRefused):
        codes = [code for code, _ in fault.recipients.values()]
        return NotSent(Fault.NEVER, again=False) if all(code >= 500 for code in codes) else NotSent(Fault.NOT_NOW)
    if isinstance(fault, SMTPAuthenticationError):
        return NotSent(Fault.NOT_LET_IN)
    if isinstance(fault, SMTPResponseException):
        return NotSent(Fault.NOT_NOW if fault.smtp_code < 500 else Fault.REFUSED)
    if isinstance(fault, SMTPServerDisconnected) or not isinstance(fault, SMTPException):
        return NotSent(Fault.NO_ANSWER)
    return NotSent(Fault.NOT_UNDERSTOOD)
