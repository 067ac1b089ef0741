"""Code sets: the closed lists from which people choose, as the nation's returns know them.

A county may add a code of its own when it says which national code it is returned as, and may call a code
something else on screen (the label, in its `pack.yaml`). A code is permanent: records hold it for as long as
they are kept, so it is closed with `until` and never removed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from righthelp.packs.errors import UnknownCode
from righthelp.packs.reading import Folder, Table, near

CHECKED = ("text seen", "secondary", "not checked", "local default", "local paper")
WORDS, OPTIONAL = "words", "words or nothing"  # what a column may hold beside codes of a set


@dataclass(frozen=True)
class Code:
    """One code of a set.

    `national` is the code it is returned as: itself, unless the county added it. `also` holds what this set
    says of each code beside its label, such as the inverse of a relationship.
    """

    code: str
    label: str
    hint: str = ""
    since: date | None = None
    until: date | None = None
    national: str = ""
    also: Mapping[str, str] = field(default_factory=dict, hash=False)

    def current(self, on: date) -> bool:
        """Whether the code may be chosen on this day; `since` and `until` are its first and last days."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class CodeSet:
    """An ordered set of codes, with its source and how that was checked."""

    name: str
    title: str
    source: str
    checked: str
    codes: tuple[Code, ...]
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return any(each.code == code for each in self.codes)

    def __getitem__(self, code: str) -> Code:
        for each in self.codes:
            if each.code == code:
                return each
        known = [each.code for each in self.codes]
        labels = {each.label.lower(): each.code for each in self.codes}
        meant = labels.get(code.lower())
        hint = f" Did you mean {meant!r}?" if meant else near(code, known)
        raise UnknownCode(f"{code!r} is not a code of {self.title.lower()} ({self.name}).{hint}")

    def label(self, code: str) -> str:
        """What people read for a code. Raises `UnknownCode`."""
        return self[code].label

    def national(self, code: str) -> str:
        """The national code that a code is returned as. Raises `UnknownCode`."""
        return self[code].national

    def inverse(self, code: str) -> str:
        """What the other is to one who is this to them. Raises LookupError where a set has no inverses."""
        if "inverse" not in self.columns:
            raise LookupError(f"{self.title} ({self.name}) has no inverses.")
        return self[code].also["inverse"]

    def current(self, on: date) -> tuple[Code, ...]:
        """The codes that may be chosen on this day, in order."""
        return tuple(each for each in self.codes if each.current(on))

    def choices(self, on: date | None = None) -> list[tuple[str, str]]:
        """Pairs of code and label: those of one day, or all there ever were."""
        return [(each.code, each.label) for each in (self.codes if on is None else self.current(on))]


def national_sets(folder: Folder) -> dict[str, CodeSet]:
    """The sets of a nation's `codes.yaml`."""
    written = folder.yaml("codes.yaml")
    sets = {}
    for name, table in written.each():
        table.only("title", "source", "checked", "note", "columns", "codes")
        if table.text("checked") not in CHECKED:
            table.fault(f"'checked' must be one of: {', '.join(CHECKED)}.", "checked")
        columns = {key: str(meaning) for key, meaning in table.table("columns", required=False).items()}
        sets[name] = CodeSet(
            name=name,
            title=table.text("title"),
            source=table.text("source"),
            checked=table.text("checked"),
            codes=tuple(_codes(table.table("codes"), tuple(columns))),
            columns=MappingProxyType(columns),
        )
    for each in sets.values():
        _check_columns(each, sets, written.table(each.name))
    return sets


def with_county(folder: Folder, sets: Mapping[str, CodeSet]) -> dict[str, CodeSet]:
    """The nation's sets with the codes that a county adds in its own `codes.yaml`."""
    ours = dict(sets)
    theirs: list[tuple[CodeSet, Table]] = []
    for name, table in folder.yaml("codes.yaml", required=False).each():
        table.only("codes")
        if name not in sets:
            table.fault(f"A county adds codes to a national set; {name!r} is none.{near(name, sets)}")
            continue
        national = sets[name]
        written = table.table("codes")
        added = [
            _returned_as(code, national, written)
            for code in _codes(written, ("national", *national.columns))
            if _is_new(code, national, written)
        ]
        ours[name] = replace(national, codes=(*national.codes, *added))
        theirs.append((replace(national, codes=tuple(added)), table))
    for added_only, table in theirs:
        _check_columns(added_only, ours, table)
    return ours


def relabelled(sets: Mapping[str, CodeSet], labels: Mapping[str, str]) -> dict[str, CodeSet]:
    """The sets under a county's own labels (`codes.<set>.<code>`)."""
    return {
        name: replace(
            each,
            codes=tuple(replace(code, label=labels.get(f"codes.{name}.{code.code}", code.label)) for code in each),
        )
        for name, each in sets.items()
    }


def _codes(table: Table, columns: tuple[str, ...]) -> Iterator[Code]:
    for key, value in table.items():
        if isinstance(value, str):  # a code that only has a label may stand on one line
            yield Code(key, table.text(key), national=key)
            continue
        row = table.table(key)
        row.only("label", "hint", "since", "until", "remove", "removed", *columns)
        if "remove" in row or "removed" in row:
            row.fault(f"{key!r} cannot be removed: records hold it. Close it with 'until'.")
        code = Code(
            code=key,
            label=row.text("label"),
            hint=row.text("hint", required=False),
            since=row.day("since", required=False),
            until=row.day("until", required=False),
            national=key,
            also=MappingProxyType({name: row.text(name, required=False) for name in columns}),
        )
        if code.since and code.until and code.until < code.since:
            row.fault(f"{key!r} ends before it begins.", "until")
        yield code


def _is_new(code: Code, national: CodeSet, written: Table) -> bool:
    if code.code in national:
        written.fault(
            f"{code.code!r} is a national code already. To call it something else, write "
            f"'codes.{national.name}.{code.code}' under labels in pack.yaml.",
            code.code,
        )
        return False
    return True


def _returned_as(code: Code, national: CodeSet, written: Table) -> Code:
    returned = code.also.get("national", "")
    if returned not in national:
        why = f"{returned!r} is none.{near(returned, [c.code for c in national])}" if returned else "it names none."
        written.fault(
            f"A county's code must name the national code it is returned as: for {code.code!r} {why}",
            code.code,
        )
        return code
    theirs = national[returned]
    if theirs.until and (code.until is None or code.until > theirs.until):
        written.fault(f"{code.code!r} is returned as {returned!r}, which closed on {theirs.until}.", code.code)
    also = {name: code.also.get(name) or theirs.also.get(name, "") for name in national.columns}
    return replace(code, national=returned, also=MappingProxyType(also))


def _check_columns(each: CodeSet, sets: Mapping[str, CodeSet], written: Table) -> None:
    """A column is words, or codes of another set (or of this one, as an inverse is)."""
    codes = written.table("codes")
    for column, meaning in each.columns.items():
        if meaning == OPTIONAL:
            continue
        if meaning != WORDS and meaning not in sets:
            known = (WORDS, OPTIONAL, *sets)
            written.fault(f"The column {column!r} must be {WORDS!r}, {OPTIONAL!r} or a set.{near(meaning, known)}")
            continue
        for code in each:
            value = code.also.get(column, "")
            if meaning == WORDS and not value:
                codes.fault(f"{code.code!r} says nothing for {column!r}.", code.code)
            elif meaning != WORDS and value not in sets[meaning]:
                codes.fault(f"{column!r} of {code.code!r} must be a code of {meaning}.", code.code)
