"""How somebody chooses to be told that something waits, and proves that a mobile telephone is theirs."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from righthelp.engine.notices import proving
from righthelp.engine.notices.posts import posts
from righthelp.engine.notices.reading import wishes_of
from righthelp.engine.rendering.fields import YesNoField
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.written import write_time
from righthelp.record.notices import FIELD_OF, NoticeMessage, NoticeWishes, Waits, Way

HELD = (Waits.HANDED, Waits.CHECK, Waits.CHANGED, Waits.SOON, Waits.LATE)
MORNING = range(5, 12)
NONE = ""


def kinds_for(viewer: AsWorker) -> Iterator[Waits]:
    """The reasons for which this worker may ever be told."""
    yield Waits.ISSUED
    if not viewer.is_county:
        yield Waits.ASKED
    if viewer.works_with_children:
        yield from HELD
    if viewer.managed_teams:
        yield Waits.LANDED


def _hours(which: range) -> list[tuple[str, str]]:
    return [(str(hour), write_time(time(hour))) for hour in which]


class ChoicesForm(forms.Form):
    """For each reason how, and at which hours."""

    def __init__(self, *args: Any, viewer: AsWorker, wishes: NoticeWishes, by_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds_for(viewer):
            name = FIELD_OF[kind]
            ways = [way for way in Way if way != Way.TEXT or by_text or getattr(wishes, name) == Way.TEXT]
            self.fields[name] = forms.ChoiceField(
                label=kind.label[:1].upper() + kind.label[1:], choices=[(way.value, way.label) for way in ways]
            )
            self.initial[name] = getattr(wishes, name)
        self.fields["digest_hour"] = forms.ChoiceField(
            label="When do you want the daily e-mail?", choices=_hours(MORNING)
        )
        self.fields["digest_on_rest_days"] = YesNoField(label="On weekends and bank holidays, too?")
        quiet = [(NONE, "No quiet hours"), *_hours(range(24))]
        self.fields["quiet_from"] = forms.ChoiceField(
            label="Do not disturb me from",
            choices=quiet,
            required=False,
            help_text="What waits is told when the quiet hours end.",
        )
        self.fields["quiet_until"] = forms.ChoiceField(label="Until", choices=quiet, required=False)
        for name in ("digest_hour", "digest_on_rest_days", "quiet_from", "quiet_until"):
            value = getattr(wishes, name)
            self.initial[name] = value if isinstance(value, bool) else NONE if value is None else str(value)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        begins, ends = answers.get("quiet_from", NONE), answers.get("quiet_until", NONE)
        if (begins == NONE) != (ends == NONE):
            empty = "quiet_until" if ends == NONE else "quiet_from"
            self.add_error(empty, "Choose when the quiet hours begin and when they end, or neither.")
        elif begins != NONE and begins == ends:
            self.add_error("quiet_until", "Quiet hours end at another hour than they begin.")
        return answers

    def put_into(self, wishes: NoticeWishes) -> None:
        """What was chosen, as it is kept."""
        for name, answer in self.cleaned_data.items():
            if name in {"digest_hour", "quiet_from", "quiet_until"}:
                answer = None if answer == NONE else int(answer)
            setattr(wishes, name, answer)


class MobileForm(forms.Form):
    """A mobile telephone number."""

    mobile = forms.CharField(
        label="Mobile telephone number",
        max_length=30,
        help_text="Of a telephone that you carry for your work. We send it a code.",
        error_messages={"required": "Enter a mobile telephone number, such as 07700 900123."},
    )

    def clean_mobile(self) -> str:
        number = proving.as_mobile(self.cleaned_data["mobile"])
        if not number:
            raise forms.ValidationError("Enter a mobile telephone number of this country, such as 07700 900123.")
        return number


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label="The code that we sent",
        max_length=12,
        error_messages={"required": "Enter the five digits of the text message."},
    )


@for_workers
def choices(request: HttpRequest) -> HttpResponse:
    """For each reason: at once, once a day, by text, or only here."""
    viewer = viewer_of(request)
    wishes, ways = wishes_of(viewer), posts()
    by_text = NoticeMessage.By.TEXT in ways and wishes.mobile_proved_at is not None
    form = ChoicesForm(request.POST or None, viewer=viewer, wishes=wishes, by_text=by_text)
    if request.method == "POST" and form.is_valid():
        form.put_into(wishes)
        wishes.save()
        messages.success(request, "Your choices are kept.")
        return redirect("notice_choices")
    return render(
        request,
        "web/notices/choices.html",
        {
            "form": form,
            "wishes": wishes,
            "email": request.user.email,  # type: ignore[union-attr]
            "by_email": NoticeMessage.By.EMAIL in ways,
            "by_text": NoticeMessage.By.TEXT in ways,
            "holds": viewer.works_with_children,
        },
    )


@for_workers
def telephone(request: HttpRequest) -> HttpResponse:
    """Say a number, and then the code that was sent to it."""
    viewer, now = viewer_of(request), timezone.now()
    if NoticeMessage.By.TEXT not in posts():
        return redirect("notice_choices")
    with transaction.atomic():
        wishes = wishes_of(viewer)
        waits = proving.waits_for_code(wishes, now)
        asked = request.POST.get("asks", "")
        mobile = MobileForm(request.POST if asked == "mobile" else None, initial={"mobile": wishes.mobile})
        code = CodeForm(request.POST if asked == "code" else None)
        if asked == "remove":
            wishes.mobile, wishes.mobile_proved_at, wishes.code_sent_at = "", None, None
            wishes.save()
            messages.success(request, "The number is removed. What was to come by text comes by e-mail.")
            return redirect("notice_choices")
        if asked == "mobile" and mobile.is_valid():
            sent = wishes.code_sent_at
            if sent and now - sent < proving.BETWEEN:
                mobile.add_error("mobile", "A code was sent a moment ago. Wait a minute before you ask for another.")
            else:
                proving.ask(wishes, mobile.cleaned_data["mobile"], now)
                return redirect("notice_telephone")
        if asked == "code" and code.is_valid():
            if proving.prove(wishes, code.cleaned_data["code"].strip().replace(" ", ""), now):
                messages.success(request, "The number is yours. You can now choose to be told by text.")
                return redirect("notice_choices")
            waits = proving.waits_for_code(wishes, now)
            left = proving.TRIES - wishes.code_tries
            code.add_error(
                "code",
                f"This is not the code. You can try {left} more {'time' if left == 1 else 'times'}."
                if waits
                else "This code is no longer good. Ask for another.",
            )
    return render(
        request,
        "web/notices/telephone.html",
        {"wishes": wishes, "waits": waits, "mobile_form": mobile, "code_form": code, "judged": [mobile, code]},
    )
