"""Files that were made to harm, or were harmed: each ends in a sentence, and none takes the machine's memory."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from righthelp.returns.cin import streaming
from righthelp.returns.cin.elements import Unreadable
from righthelp.returns.cin.tests.making import file_of

ROOT = Path(__file__).resolve().parents[4]
GOOD = file_of(4).encode()
HEAD, TAIL = GOOD[: GOOD.index(b"<Child>")], b"</Children></Message>"
MOST = 300  # MB that a file which is refused may take; the program alone takes some 35
PIECE = 1 << 20

# Checks a file that is written into its standard input, and tells what it took.
CHECKS = """
import resource, sys
from righthelp.returns.cin.command import main

code = main(["/dev/stdin"])
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(code, most)
"""


def checked(pieces: Iterator[bytes]) -> tuple[str, int, int]:
    """What is said of a file that comes in pieces, its exit code, and the most memory it took, in MB."""
    # The test's own memory is no measure: a fresh process, and a pipe, so that no large file need be made.
    command = [sys.executable, "-c", CHECKS]
    with subprocess.Popen(
        ["timeout", "60", *command],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    ) as child:
        assert child.stdin
        assert child.stdout
        with suppress(BrokenPipeError):  # it was refused before its end
            for piece in pieces:
                rest = memoryview(piece)
                while rest:
                    rest = rest[child.stdin.write(rest) :]
        child.stdin.close()
        said = child.stdout.read().decode()
    line, _, numbers = said.strip().rpartition("\n")
    code, most = map(int, numbers.split())
    return line, code, most


def much(begin: bytes, again: bytes, megabytes: int, end: bytes = b"") -> Iterator[bytes]:
    yield begin
    piece = again * (PIECE // len(again))
    for _ in range(megabytes):
        yield piece
    yield end


BOMB = b"".join(
    [
        b'<?xml version="1.0"?>\n<!DOCTYPE Message [<!ENTITY a0 "ha">',
        *(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)),
        b"]>\n<Message>&a11;</Message>",
    ]
)
OUTSIDE = b'<!DOCTYPE Message [<!ENTITY it SYSTEM "file:///etc/passwd">]><Message>&it;</Message>'
HALF = GOOD.index(b"<ReferralSource>")

REFUSED = {
    "an entity bomb": (lambda: iter([BOMB]), "document type"),
    "an external entity": (lambda: iter([OUTSIDE]), "document type"),
    "a value of 500 MB": (lambda: much(HEAD + b"<Child><ChildIdentifiers><UPN>", b"A", 500), "longer than a million"),
    "an attribute of 500 MB": (lambda: much(HEAD + b'<Child a="', b"A", 500), "without the end of a child"),
    "a remark of 500 MB": (lambda: much(HEAD + b"<!--", b"A", 500), "without the end of a child"),
    "a tag's name of 500 MB": (lambda: much(HEAD + b"<", b"A", 500), "without the end of a child"),
    "a processing instruction without end": (lambda: much(b"<?", b"A", 500), "without the end of a child"),
    "spaces without end": (lambda: much(b"", b" \n", 500), "without the end of a child"),
    "a nest of a million": (lambda: iter([HEAD + b"<Child>" * 1_000_000]), "within each other"),
    "elements without end": (lambda: much(HEAD + b"<Child>", b"<a/>", 500), "50,000 in one"),
    "words and remarks without end": (
        lambda: much(HEAD + b"<Child>", b"<!-- -->x", 500),
        "longer than a million",
    ),
    "attributes without end": (
        lambda: iter([HEAD, b"<Child ", *(b'a%d=""\n' % n for n in range(2_000_000))]),
        "without the end of a child",
    ),
    "NUL bytes": (lambda: iter([GOOD[:HALF] + b"\0\0\0" + GOOD[HALF:]]), "NUL"),
    "a zip": (lambda: iter([b"PK\3\4" + bytes(range(1, 256)) * 40]), "begin as XML"),
    "nothing": (lambda: iter([]), "empty"),
    "only spaces": (lambda: iter([b" \n "]), "empty"),
    "UTF-16 named UTF-8": (lambda: iter([GOOD.decode().encode("utf-16-le")]), "Save it as UTF-8"),
    "Latin-1 named UTF-8": (
        lambda: iter([GOOD.replace(b"<LAchildID>INV", "<LAchildID>Zoë".encode("latin-1"), 3)]),
        "not in the encoding",
    ),
    "an encoding that is none": (
        lambda: iter([GOOD.replace(b"'utf-8'", b"'klingon'")]),
        "encoding that cannot be read",
    ),
    "another return": (lambda: iter([b"<EXPSSDA903><CHILD/></EXPSSDA903>"]), "Choose the right file"),
    "a tag ended by another": (lambda: iter([GOOD.replace(b"</UPN>", b"</Upn>", 1)]), "is ended here by another tag"),
    "a name that means nothing": (lambda: iter([GOOD.replace(b"<Sex>", b"<Sex>&nbsp;", 1)]), "means nothing"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_a_sentence_within_memory(what: str) -> None:
    pieces, words = REFUSED[what]
    line, code, most = checked(pieces())
    assert line.startswith("/dev/stdin unreadable: ")
    assert line.endswith(".")
    assert words in line
    assert "\n" not in line
    assert code == 2
    assert most < MOST


def test_more_rows_than_any_return_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MOST_ROWS", 1000)
    for child in (
        b"<Child/>",
        b"<Child><CINdetails/></Child>",
        GOOD[GOOD.index(b"<Child>") : GOOD.index(b"</Child>") + 8],
    ):
        with pytest.raises(Unreadable, match="more than 1,000 things"):
            streaming.read_return(io.BytesIO(HEAD + child * 1001 + TAIL), date(2026, 6, 1))


def test_after_many_faults_of_form_no_more_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MOST_FAULTS", 100)
    found = streaming.read_return(io.BytesIO(HEAD + b"<Child/>" * 500 + TAIL), date(2026, 6, 1))
    assert found.more
    assert 100 < len(found.faults) < 110
    assert len(found.tables.children) == 500


def test_a_return_without_end_is_refused_when_it_is_larger_than_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LARGEST", 3 << 20)
    with pytest.raises(Unreadable, match="larger than 3 MB"):
        streaming.read_return(io.BytesIO(HEAD + b" " * (3 << 20) + TAIL), date(2026, 6, 1))


def test_what_is_read_is_not_held() -> None:
    children = GOOD[GOOD.index(b"<Child>") : GOOD.rindex(b"</Child>") + len(b"</Child>")]
    line, code, most = checked(much(HEAD, children + b" " * 900_000, 80, TAIL))
    assert (code, line[:25]) == (1, "/dev/stdin failing_rules=")  # the same four children again and again
    assert most < 60


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_what_was_cut_short_says_where_it_ends(share: float) -> None:
    end = int(len(GOOD) * share)
    line, code, _ = checked(iter([GOOD[:end]]))
    assert code == 2
    last = GOOD.count(b"\n", 0, end) + 1
    assert f"Line {last}," in line
    assert "it was cut short" in line


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig"])
def test_what_is_in_the_encoding_that_it_names_is_read(encoding: str) -> None:
    text = GOOD.decode().replace("'utf-8'", f"'{encoding.removesuffix('-sig')}'")
    _, code, _ = checked(iter([text.encode(encoding)]))
    assert code in (0, 1)
