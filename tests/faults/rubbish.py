"""What people, programs and mishaps put where something else belongs: made up at random, the same every time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes, quote_plus
from uuid import UUID

from django import forms

from righthelp.engine.answers import form_fields, part_fields, parts
from righthelp.engine.fields import ListedField
from righthelp.engine.process import Process
from righthelp.engine.rendering.fields import DateField, MomentField
from righthelp.kernel.page import Step

Pairs = list[tuple[str, str]]
NUL, HALF, TURNED = "\x00", "\ud83d", "\u202e"
LONG = "x" * 9000
CODES = ("", "NO_SUCH_CODE", "None", "true", "0", "-1", "9" * 400, f"A{NUL}", "ÀÉ", "<script>", "' OR 1=1 --", LONG)
DAYS = ("31 2 2020", "0 0 0", "1 13 2020", "yesterday", "99999999999", "١ ٢ ٢٠٢٠", "1 1 99999", "2020-02-30",
        f"1 1 2020{NUL}",        "1 1 -5", "²0 ¹ 2020", LONG, "1e9", "1 1")  # fmt: skip
TIMES = ("25:00", "9:99", "-1:00", "half past", "١٢:٠٠", NUL, LONG)
KEYS = ("not-a-number", "0", str(UUID(int=0)), str(UUID(int=2**128 - 1)), f"{UUID(int=1)}{NUL}", "{}", "../..", LONG)
TEXTS = (f"a{NUL}b", LONG, NUL)  # other words, however odd, are words
NUMBERS = ("-1", "1e400", "NaN", "99999999999999999999", "1.5", "²", NUL, "")
MISHAPS = (b"\x00", b"\xff\xfe", b'"', b"\r", b"<!DOCTYPE x>", b"&x;", b"]]>", b"\xed\xa0\x80")
EVERYTHING = (*CODES, *DAYS, *TIMES, *KEYS, *TEXTS, *NUMBERS, HALF, TURNED)
FORMS = ("-1", "99999999999999999999", "abc", "", NUL, "1e3")


def wrong_answers(random: Random, page: type[Process], step: Step) -> Pairs:
    """Answers to every question of a step, none of which can stand."""
    typed: Pairs = []
    for name, field in form_fields(page, step).items():
        typed += wrong_answer(random, name, field)
    for name, part in parts(page).items():
        if name in step.fields:
            typed += [(f"{name}-TOTAL_FORMS", random.choice(FORMS)), (f"{name}-INITIAL_FORMS", random.choice(FORMS))]
            for key, field in part_fields(part).items():
                typed += wrong_answer(random, f"{name}-0-{key}", field)
    return typed


def wrong_answer(random: Random, name: str, field: forms.Field) -> Pairs:
    """What cannot stand as an answer to one question."""
    if isinstance(field, MomentField):
        return [(f"{name}_0", random.choice(DAYS)), (f"{name}_1", random.choice(TIMES))]
    if isinstance(field, DateField):
        return [(name, random.choice(DAYS))]
    if isinstance(field, ListedField):
        return [(name, random.choice((LONG, NUL, " ")))]
    if isinstance(field, forms.ModelChoiceField):
        return [(name, random.choice(KEYS))]
    if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField)):
        return [(name, random.choice(CODES[1:]))]
    if isinstance(field, forms.IntegerField):
        return [(name, random.choice(NUMBERS))]
    return [(name, random.choice(TEXTS))]


def bodies(random: Random, typed: Pairs) -> tuple[bytes, str]:
    """A form as it might be sent, more or less as forms are; and what it says that it is."""
    shape = random.randrange(8)
    pairs = list(typed)
    if shape == 0:
        pairs += [(name, value) for name, value in typed for _ in range(random.randrange(3))]
    if shape == 1:
        pairs += [(f"no-such-{number}", "x") for number in range(random.choice((1, 50, 3000)))]
    if shape == 2:
        random.shuffle(pairs)
    if shape == 3:
        return encoded(pairs) + b"&%ZZ=%&=&&%ED%A0%80=%FF%FE&" + bytes(random.randrange(256) for _ in range(40)), FORM
    if shape == 4:
        return json.dumps(dict(pairs)).encode(), "application/json"
    if shape == 5:
        return b'--x\r\nContent-Disposition: form-data; name="worry"\r\n\r\n' + encoded(
            pairs
        ), "multipart/form-data; boundary=x"
    return encoded(pairs), FORM


FORM = "application/x-www-form-urlencoded"


def encoded(pairs: Pairs) -> bytes:
    return b"&".join(f"{quote_plus(name)}={quote_plus(value)}".encode() for name, value in pairs)


def odd_words(random: Random) -> str:
    """A piece of an address, as a browser or a program might send it."""
    pieces = (
        "%00", "%FF%FE", "%ED%A0%80", "..", "%2e%2e", "'", "%22", "<b>", "{{7*7}}", "%s", "\u202e", "é", "9" * 30, "-1",
        "NaN", "null", "None", "%0d%0aX:1", "a" * 2000, "+", "%20", ";", "\\", "~", "💥", "%", "&", "=", "[]",
        str(UUID(int=7)),
    )  # fmt: skip
    return quote_from_bytes("".join(random.choices(pieces, k=random.randrange(1, 4))).encode("utf-8"), safe="%/.+&=")


def damaged(random: Random, whole: bytes) -> bytes:
    """A file with something wrong in it: cut, turned, doubled, or with other bytes in between."""
    made = bytearray(whole)
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(made) + 1)
        what = random.randrange(5)
        if what == 0:
            del made[at : at + random.randrange(1, 400)]
        elif what == 1:
            made[at:at] = bytes(random.randrange(256) for _ in range(random.randrange(1, 30)))
        elif what == 2:
            made[at:at] = made[: random.randrange(1, 200)]
        elif what == 3 and at < len(made):
            made[at] ^= 1 << random.randrange(8)
        else:
            made[at:at] = random.choice(
                (b"\x00", b"\xff\xfe", b'"', b"\r", b"<!DOCTYPE x>", b"&x;", b"]]>", b"\xed\xa0\x80")
            )
        if not made:
            break
    return bytes(made)


def values(random: Random) -> Any:
    """A JSON value of any kind."""
    simple = (
        None, True, False, 0, -1, 10**30, 1.5, 1e308, "", " ", NUL, HALF, TURNED, LONG, "2999-12-31", "31/2/2020", [],
        {}, [[]], {"": None}, "💥", "<b>", "%s", "{{7*7}}", [None] * 50, {"a": {"b": {"c": []}}},
    )  # fmt: skip
    return random.choice(simple)


def changed(random: Random, whole: Any) -> Any:
    """A sound request with one to three places changed into something else, or taken away."""
    made = json.loads(json.dumps(whole))
    for _ in range(random.randrange(1, 4)):
        places = list(_places(made))
        if not places:
            break
        holder, name = random.choice(places)
        if isinstance(holder, dict) and random.random() < 0.15:
            holder[random.choice(("", "no_such", HALF, NUL, "x" * 500, "a/b~c"))] = values(random)
        elif isinstance(holder, dict) and random.random() < 0.15:
            del holder[name]
        else:
            holder[name] = values(random)
    return made


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, (dict, list)):
        for name in value if isinstance(value, dict) else range(len(value)):
            yield value, name
            yield from _places(value[name])
