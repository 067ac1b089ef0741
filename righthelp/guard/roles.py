"""The closed list of roles: what each may reach. What each does, in plain words, is the pack's to say.

A role's name is permanent; a county may call it something else on screen.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role that a worker is appointed to."""

    name: str
    county: bool  # held only by the county's own staff
    works_with_children: bool  # may open a child who is not locked; each opening is logged
    leads: bool = False  # sees all that their own agency sent and was asked, not only their own
    # Kinds of entry beside which it opens nothing of a child; None: any child who is not locked.
    kept_to: frozenset[str] | None = None
    manages: bool = False  # sees what a process shows to restricted readers, for their own teams' work
    answers_for_all: bool = False  # answers for the practice of every worker, and sees how each is supervised
    oversees: bool = False  # reads what is late or quiet in every team, and not only in their own

    @property
    def opens_children(self) -> bool:
        """May open the record of a child who is not locked, and not only what is in hand."""
        return self.works_with_children and self.kept_to is None


CONFERENCES = frozenset({"child_protection_conference"})

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("partner", county=False, works_with_children=False),
        Role("partner lead", county=False, works_with_children=False, leads=True),
        Role("police notifier", county=False, works_with_children=False),
        Role("contact worker", county=True, works_with_children=True, kept_to=frozenset({"contact"})),
        Role("front door social worker", county=True, works_with_children=True),
        Role("front door manager", county=True, works_with_children=True, manages=True),
        Role("early help worker", county=True, works_with_children=True),
        Role("early help manager", county=True, works_with_children=True, manages=True),
        Role("social worker", county=True, works_with_children=True),
        Role("team manager", county=True, works_with_children=True, manages=True),
        Role("conference chair", county=True, works_with_children=True, oversees=True),
        Role("business support", county=True, works_with_children=True, kept_to=CONFERENCES),
        Role(
            "head of service",
            county=True,
            works_with_children=True,
            manages=True,
            answers_for_all=True,
            oversees=True,
        ),
        Role("information governance", county=True, works_with_children=True, manages=True),
        Role("user administrator", county=True, works_with_children=False),
    )
}


def names_where(**wanted: bool) -> list[str]:
    """Names of the roles whose attributes are as wanted, in order."""
    return sorted(
        role.name for role in ROLES.values() if all(getattr(role, key) is value for key, value in wanted.items())
    )
