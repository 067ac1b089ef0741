"""Why a file cannot be read on, in one sentence: where the XML parser stopped, and what whoever made it can do."""

from __future__ import annotations

from xml.parsers import expat

from righthelp.returns.cin.elements import Builder, Unreadable
from righthelp.returns.cin.faults import Kind, shown

AGAIN = "Make the file again from its system."
_CUT_SHORT = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
}
_MISMATCH = expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]
_AFTER = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_ENCODINGS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
}
_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


def refused(error: expat.ExpatError, builder: Builder, given: bytes, *, ended: bool) -> Unreadable:
    """The refusal for the parser's error, met in what it was `given` last, of a file that has `ended` or goes on."""
    sentence = _sentence(error, builder, given, ended)
    return Unreadable(Kind.BROKEN, error.lineno, error.offset + 1, sentence)


def no_encoding() -> Unreadable:
    """The refusal of a file whose first line names an encoding that cannot be read."""
    sentence = "The file names an encoding that cannot be read. Save it as UTF-8."
    return Unreadable(Kind.BROKEN, 1, 1, sentence)


def too_much(line: int, column: int, what: str) -> Unreadable:
    """The refusal of what no return holds, however it was made."""
    return Unreadable(Kind.TOO_MUCH, line, column, f"{what} {AGAIN}")


def _sentence(error: expat.ExpatError, builder: Builder, given: bytes, ended: bool) -> str:
    code, still_open = error.code, builder.open
    if ended and code in _CUT_SHORT:
        if not still_open:
            return "The file is empty, or ends before its first element. Choose the right file."
        last = still_open[-1]
        return (
            f"The file ends here, before <{last.name}>, begun in line {last.line}, has ended: it was cut short. {AGAIN}"
        )
    if code == _MISMATCH and still_open:
        last = still_open[-1]
        return f"<{last.name}>, begun in line {last.line}, is ended here by another tag. {AGAIN}"
    if code == _AFTER:
        return f"Something follows after the end of the return. {AGAIN}"
    if code == _ENTITY:
        return "The name between & and ; means nothing here. Write & as &amp;."
    if code in _ENCODINGS:
        return "The file names an encoding that cannot be read, or is not in it. Save it as UTF-8."
    if code == _MEMORY:
        return f"A tag, a value or a remark is too long to be read. {AGAIN}"
    if code == _TOKEN and error.lineno == 1 and not given.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "The file does not begin as XML does. Choose the right file."
    if code == _TOKEN and b"\0" in given:
        return f"The file holds bytes that are no letters (NUL), so it is damaged or no text. {AGAIN}"
    if code == _TOKEN and not _is_utf_8(given):
        return "Letters here are not in the encoding that the file names. Save it as UTF-8."
    message = expat.ErrorString(code) or "it cannot be read"
    within = f" (within {shown(still_open[-1].name)})" if still_open else ""
    return f"This is not well-formed XML{within}: {message}. Mend it here, or make the file again."


def _is_utf_8(given: bytes) -> bool:
    try:
        given.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"  # the next piece has the rest of it
    return True
