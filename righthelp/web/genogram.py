"""Where the signs of a family picture stand: generations in rows, households side by side, lines between people.

A genogram is not a graph that any layout can draw: who lives together must stand together inside one boundary, parents
beside one another above their children, and a generation in one row. So each household has columns of its own, each
generation a row of its own, and everything else follows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.people.network import Network, Tie

COLUMN, ROW, SIZE, LINE = 150, 220, 44, 18
TEXT = 66  # beneath a sign: a name and two lines
MARGIN, HEAD = 20, 46  # around everything; above a row, for the lines of couples and the name of a home
LETTERS = 19  # of a name that fit beneath a sign

# How a relationship is drawn: how many generations above the other somebody stands, and the kind of line.
BIRTH, ADOPTIVE, STEP, CARE, KIN, COUPLE, PARTED, SIBLING, TWIN, OTHER = (
    "birth", "adoptive", "step", "care", "kin", "couple", "parted", "sibling", "twin", "other",
)  # fmt: skip
DRAWN: dict[str, tuple[int, str]] = {
    "MOTHER": (1, BIRTH), "FATHER": (1, BIRTH), "PARENT": (1, BIRTH), "ADOPTIVE_PARENT": (1, ADOPTIVE),
    "STEP_PARENT": (1, STEP), "PARENTS_PARTNER": (1, STEP), "SPECIAL_GUARDIAN": (1, CARE), "GUARDIAN": (1, CARE),
    "FOSTER_CARER": (1, CARE), "PRIVATE_FOSTER_CARER": (1, CARE), "CARER": (1, CARE), "AUNT_OR_UNCLE": (1, KIN),
    "GRANDPARENT": (2, KIN), "GREAT_GRANDPARENT": (3, KIN), "SPOUSE": (0, COUPLE), "PARTNER": (0, COUPLE),
    "FORMER_PARTNER": (0, PARTED), "SIBLING": (0, SIBLING), "TWIN": (0, TWIN), "HALF_SIBLING": (0, SIBLING),
    "STEP_SIBLING": (0, SIBLING), "COUSIN": (0, KIN), "OTHER_RELATIVE": (0, KIN), "FRIEND": (0, OTHER),
    "NEIGHBOUR": (0, OTHER), "HOUSEHOLD": (0, OTHER), "OTHER": (0, OTHER), "NOT_KNOWN": (0, OTHER),
    "YOUNG_CARER": (-1, CARE),
}  # fmt: skip
DESCENT = {BIRTH, ADOPTIVE}
NAMED = {STEP, CARE, KIN, OTHER}  # lines that bear what they mean
EMPHASIS = (BIRTH, ADOPTIVE, COUPLE, PARTED, TWIN, SIBLING, STEP, CARE, KIN, OTHER)  # what places somebody first


@dataclass
class Node:
    """The sign of a person, with what stands beneath it."""

    person: Person
    x: int
    y: int
    sign: str
    here: bool  # whom the picture is drawn around
    died: bool
    words: list[str]
    spoken: str

    @property
    def half(self) -> int:
        return SIZE // 2

    @property
    def top(self) -> int:
        return self.y - self.half

    @property
    def bottom(self) -> int:
        """Where a line leaves downwards: beneath the words."""
        return self.y + self.half + 10 + LINE * len(self.words)

    @property
    def diamond(self) -> str:
        return self._corners((0, -1), (1, 0), (0, 1), (-1, 0))

    @property
    def triangle(self) -> str:
        return self._corners((0, -1), (1, 1), (-1, 1))

    def _corners(self, *ways: tuple[int, int]) -> str:
        return " ".join(f"{self.x + across * self.half},{self.y + down * self.half}" for across, down in ways)

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The words beneath, each with its height."""
        return [(self.y + self.half + LINE * number, words) for number, words in enumerate(self.words, start=1)]


@dataclass
class Line:
    """A line between people, as a path, and what is written on it."""

    path: str
    kind: str
    words: str = ""
    x: int = 0
    y: int = 0


@dataclass
class Home:
    """The boundary around those who live together."""

    name: str
    x: int
    y: int
    width: int
    height: int


@dataclass
class Picture:
    """Everything that is drawn."""

    width: int = 0
    height: int = 0
    nodes: dict[UUID, Node] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """A relationship turned so that the one stands beside or above the other."""

    one: UUID
    other: UUID
    above: int
    line: str
    words: str


def turned(tie: Tie) -> Drawn:
    """A relationship as it is drawn. One that the pack added, and nobody said how to draw, is a line with its name."""
    one, other, kind = tie.one, tie.other, tie.kind
    if kind not in DRAWN and (inverse := pack().codes("relationship").inverse(kind)) in DRAWN:
        one, other, kind = other, one, inverse
    above, line = DRAWN.get(kind, (0, OTHER))
    return Drawn(one, other, above, line, tie.words)


def draw(network: Network) -> Picture:
    """The picture of a network."""
    ties = [turned(tie) for tie in network.ties]
    levels = _levels(network, ties)
    picture = _placed(network, ties, levels)
    _lines(picture, [tie for tie in ties if not _goes_without_saying(tie, ties)], levels)
    return picture


def _goes_without_saying(tie: Drawn, ties: list[Drawn]) -> bool:
    """Whether other lines say it already: a mother's mother, a mother's partner, a father's other child."""
    couples = {frozenset((two.one, two.other)) for two in ties if two.line == COUPLE}
    parents: dict[UUID, set[UUID]] = defaultdict(set)
    for two in ties:
        if two.line in DESCENT:
            parents[two.other].add(two.one)
    theirs = parents[tie.other]
    if tie.line == KIN and tie.above == 2:
        return any(tie.one in parents[parent] for parent in theirs)
    if tie.line == KIN and tie.above == 1:
        return any(parents[tie.one] & parents[parent] for parent in theirs)
    if tie.line == STEP:
        return any(frozenset((tie.one, parent)) in couples for parent in theirs)
    return tie.line == SIBLING and bool(parents[tie.one] & theirs)


def _levels(network: Network, ties: list[Drawn]) -> dict[UUID, int]:
    """The row of each person, counted downwards from the top: by who is above whom, nearest relations first."""
    level = {network.person.pk: 0}
    ordered = sorted(ties, key=lambda tie: EMPHASIS.index(tie.line))
    while len(level) < len(network.people):
        for tie in ordered:
            if tie.one in level and tie.other not in level:
                level[tie.other] = level[tie.one] + tie.above
                break
            if tie.other in level and tie.one not in level:
                level[tie.one] = level[tie.other] - tie.above
                break
        else:
            left = next(number for number in network.people if number not in level)
            grown = (network.people[left].age_on(network.on) or 0) >= 18
            child = (network.person.age_on(network.on) or 0) < 18
            level[left] = -1 if grown and child else 0
    rows = {row: number for number, row in enumerate(sorted(set(level.values())))}
    return {number: rows[row] for number, row in level.items()}


def _bands(network: Network, ties: list[Drawn]) -> list[tuple[str, list[UUID]]]:
    """Households side by side, the person's own first; those of whom no home is known together, without a boundary.

    A child not yet born stands with the mother.
    """
    own = network.homes_of(network.person.pk)
    order = [*own, *(home for home in network.homes if home not in own)]
    placed: set[UUID] = set()
    bands: list[tuple[str, list[UUID]]] = []
    for home in order:
        there = {*network.homes[home], *_expected(network, ties, network.homes[home])}
        members = [number for number in network.people if number in there and number not in placed]
        placed.update(members)
        if members:
            bands.append((f"Home {len(bands) + 1}", members))
    alone = [number for number in network.people if number not in placed]
    if not alone:
        return bands
    return [("", alone), *bands] if network.person.pk in alone else [*bands, ("", alone)]


def _expected(network: Network, ties: list[Drawn], home: list[UUID]) -> set[UUID]:
    mothers = {number for number in home if network.people[number].sex == Person.Sex.FEMALE}
    return {
        tie.other
        for tie in ties
        if tie.one in mothers and tie.line == BIRTH and _unborn(network.people[tie.other], network.on)
    }


def _unborn(person: Person, on: date) -> bool:
    return person.born_on > on if person.born_on else person.expected_on is not None


def _placed(network: Network, ties: list[Drawn], levels: dict[UUID, int]) -> Picture:
    picture = Picture()
    left = MARGIN
    for name, members in _bands(network, ties):
        rows: dict[int, list[UUID]] = defaultdict(list)
        for number in members:
            rows[levels[number]].append(number)
        width = max(len(row) for row in rows.values()) * COLUMN
        for level, row in rows.items():
            row.sort(key=lambda number: _order(network, ties, number))
            start = left + (width - len(row) * COLUMN) // 2 + COLUMN // 2
            for place, number in enumerate(row):
                picture.nodes[number] = _node(network, number, start + place * COLUMN, _row(level))
        if name:
            top = _row(min(rows)) - SIZE // 2 - HEAD + 6
            height = _row(max(rows)) + SIZE // 2 + TEXT + 10 - top
            picture.homes.append(Home(name, left + 4, top, width - 8, height))
        left += width + MARGIN
    picture.width = left - MARGIN + MARGIN
    picture.height = _row(max(levels.values())) + SIZE // 2 + TEXT + MARGIN
    return picture


def _row(level: int) -> int:
    return MARGIN + HEAD + SIZE // 2 + level * ROW


def _order(network: Network, ties: list[Drawn], number: UUID) -> tuple[object, ...]:
    """Brothers and sisters together, the eldest first; of parents, by custom, the father on the left."""
    person = network.people[number]
    parents = sorted(str(tie.one) for tie in ties if tie.other == number and tie.line in DESCENT)
    children = [tie.other for tie in ties if tie.one == number and tie.above == 1]
    first = min((str(network.people[child].born_on or date.max) for child in children), default="")
    sex = {"M": 0, "U": 1, "F": 2}[person.sex] if children else 1
    return first, sex, parents, str(person.born_on or person.expected_on or ""), person.called_sort, str(number)


def _node(network: Network, number: UUID, x: int, y: int) -> Node:
    person, on = network.people[number], network.on
    unborn = _unborn(person, on)
    sign = "unborn" if unborn else {"M": "male", "F": "female"}.get(person.sex, "unknown")
    died = bool(person.died_on and person.died_on <= on)
    homes = len(network.homes_of(number))
    children = network.responsible_for(number)
    words = [_short(person.called), _life(person, on, unborn=unborn, died=died)]
    spoken = [person.called, SPOKEN[sign], words[1]]
    if children:
        whom = children[0].called.split(" ")[0] if len(children) == 1 else f"{len(children)} children"
        words.append(_short(f"PR for {whom}"))
        spoken.append(f"parental responsibility for {', '.join(child.called for child in children)}")
    elif homes > 1:
        words.append(f"lives in {homes} homes")
    here = number == network.person.pk
    return Node(person, x, y, sign, here, died, [part for part in words if part], ", ".join(filter(None, spoken)))


SPOKEN = {"male": "male", "female": "female", "unknown": "sex not known", "unborn": "not yet born"}


def _short(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"


def _life(person: Person, on: date, *, unborn: bool, died: bool) -> str:
    if unborn:
        due = person.expected_on or person.born_on
        return f"due {write_date(due)}" if due else ""
    born = f"born {person.born_on.year}" if person.born_on else ""
    if died and person.died_on:
        return f"{born}, died {person.died_on.year}".removeprefix(", ")
    age = person.age_on(on)
    return f"{born}, aged {age}" if age is not None else born


def _lines(picture: Picture, ties: list[Drawn], levels: dict[UUID, int]) -> None:
    """Lines of descent between rows, each family at a height of its own; others from sign to sign."""
    families: dict[tuple[frozenset[UUID], str], list[UUID]] = defaultdict(list)
    parents: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for tie in ties:
        if tie.line in DESCENT and levels[tie.one] < levels[tie.other]:
            parents[tie.other, tie.line].add(tie.one)
    for (child, line), both in parents.items():
        families[frozenset(both), line].append(child)
    heights: dict[int, int] = defaultdict(int)
    for (those, line), children in families.items():
        theirs = sorted(those)
        lowest = max(levels[parent] for parent in theirs)
        picture.lines.append(_descent(picture, theirs, children, line, heights[lowest]))
        heights[lowest] += 1
    together = [set(children) for children in families.values()]
    arches: dict[int, int] = defaultdict(int)
    for tie in ties:
        one, other = picture.nodes[tie.one], picture.nodes[tie.other]
        if tie.line in DESCENT and levels[tie.one] < levels[tie.other]:
            continue
        if tie.line in {SIBLING, TWIN} and any({tie.one, tie.other} <= family for family in together):
            if tie.line == TWIN:
                picture.lines.append(Line(f"M{one.x} {one.top - 6}H{other.x}", TWIN))
            continue
        if levels[tie.one] == levels[tie.other]:
            picture.lines += _arch(one, other, tie, arches[levels[tie.one]])
            arches[levels[tie.one]] += 1
        else:
            upper, lower = sorted((one, other), key=lambda node: node.y)
            picture.lines.append(_straight(upper, lower, tie))


def _descent(picture: Picture, parents: list[UUID], children: list[UUID], line: str, number: int) -> Line:
    """From the parents down to a bar, and from the bar to each child."""
    above = [picture.nodes[parent] for parent in parents]
    below = [picture.nodes[child] for child in children]
    joined = max(node.bottom for node in above) + 8 + (number % 4) * 7
    bar = min(node.top for node in below) - 34 - (number % 4) * 11  # above the arches of couples
    # Off the middle by as much as it is the second family or third, lest its line runs on into another's child.
    middle = sum(node.x for node in above) // len(above) + (number % 4) * 11
    path = [f"M{node.x} {node.bottom}V{joined}" for node in above]
    if len(above) > 1:
        path.append(f"M{min(node.x for node in above)} {joined}H{max(node.x for node in above)}")
    path.append(f"M{middle} {joined}V{bar}")
    across = [middle, *(node.x for node in below)]
    path.append(f"M{min(across)} {bar}H{max(across)}")
    path += [f"M{node.x} {bar}V{node.top}" for node in below]
    return Line("".join(path), line)


def _arch(one: Node, other: Node, tie: Drawn, number: int) -> list[Line]:
    """Between two of one generation: over their heads, where no words are."""
    height = min(one.top, other.top) - 10 - (number % 3) * 8
    middle = (one.x + other.x) // 2
    words = tie.words if tie.line in NAMED else ""
    lines = [Line(f"M{one.x} {one.top}V{height}H{other.x}V{other.top}", tie.line, words, middle, height - 4)]
    if tie.line == COUPLE:
        inner = 5 if one.x < other.x else -5
        lines.append(Line(f"M{one.x + inner} {one.top}V{height + 5}H{other.x - inner}V{other.top}", COUPLE))
    if tie.line == PARTED:
        slashes = "".join(f"M{middle + shift - 4} {height + 8}L{middle + shift + 4} {height - 8}" for shift in (-4, 4))
        lines.append(Line(slashes, PARTED))
    return lines


def _straight(upper: Node, lower: Node, tie: Drawn) -> Line:
    """Between generations, where no descent is drawn."""
    middle = ((upper.x + lower.x) // 2, (upper.bottom + lower.top) // 2)
    return Line(f"M{upper.x} {upper.bottom}L{lower.x} {lower.top}", tie.line, tie.words, *middle)
