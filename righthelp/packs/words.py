"""A county's words: what it calls things, and its own labels for codes, fields and steps.

The nation's pack lists every word that the pages ask for, with a plain default; a county says what it calls
them. A label is given by path: `codes.<set>.<code>`, `<process>` (and `<process>s` for several),
`<process>.<field>`, `<process>.<field>.<CODE>` or `<process>.step.<step>`. A state is the law's and the
process's to name, so no pack may.
"""

import re
from collections.abc import Mapping

from righthelp.packs.codes import CodeSet
from righthelp.packs.reading import Table, near

_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)?)?")
_STATES = {"state", "states"}


def national_words(written: Table) -> dict[str, str]:
    """Every word that the pages ask for, with the nation's default."""
    words = written.table("words")
    return {key: words.text(key) for key in words}


def with_county(written: Table, national: Mapping[str, str]) -> dict[str, str]:
    """The nation's words under a county's own."""
    words = written.table("words", required=False)
    words.only(*national)
    return {**national, **{key: words.text(key) for key in words if key in national}}


def labels(written: Table, sets: Mapping[str, CodeSet]) -> dict[str, str]:
    """A county's labels by path."""
    table = written.table("labels", required=False)
    for path in table:
        place, _, rest = path.partition(".")
        if not _PATH.fullmatch(path):
            table.fault(
                f"{path!r} is not a path: write <process>, <process>.<field>, <process>.<field>.<CODE>, "
                "<process>.step.<step> or codes.<set>.<code>.",
                path,
            )
        elif rest.partition(".")[0] in _STATES:
            table.fault(f"{path!r}: a pack may not change a state, nor what it is called.", path)
        elif place == "codes":
            name, _, code = rest.partition(".")
            if name not in sets:
                table.fault(f"{path!r}: there is no set {name!r}.{near(name, sets)}", path)
            elif code not in sets[name]:
                known = [each.code for each in sets[name]]
                table.fault(f"{path!r}: {code!r} is not a code of {name}.{near(code, known)}", path)
    return {path: table.text(path) for path in table}
