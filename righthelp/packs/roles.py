"""Roles: what each person who signs in does, and may see, in plain words.

The nation's pack holds the closed list; a role's name is permanent. A county may call a role something else
and say more closely what its holders do. It may not add a role, nor change who is county staff or works with
children.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from righthelp.packs.reading import Folder


@dataclass(frozen=True)
class Role:
    """A role, described for the people who hold it and for those who wonder what they may see."""

    name: str
    title: str
    does: str
    sees: str
    works_with_children: bool  # may open a child who is not locked; each opening is logged
    county: bool  # the county's own staff


def national_roles(folder: Folder) -> dict[str, Role]:
    """The closed list of a nation's `roles.yaml`, in its order."""
    roles = {}
    for name, table in folder.yaml("roles.yaml").each():
        table.only("title", "does", "sees", "works_with_children", "county")
        roles[name] = Role(
            name=name,
            title=table.text("title"),
            does=table.text("does"),
            sees=table.text("sees"),
            works_with_children=table.flag("works_with_children"),
            county=table.flag("county"),
        )
        if roles[name].works_with_children and not roles[name].county:
            table.fault(f"{name!r}: only county staff may open any child who is not locked.")
    return roles


def with_county(folder: Folder, national: Mapping[str, Role]) -> dict[str, Role]:
    """The nation's roles under a county's own titles and descriptions."""
    written = folder.yaml("roles.yaml", required=False)
    written.only(*national)
    roles = dict(national)
    for name, table in written.each():
        for fixed in ("works_with_children", "county"):
            if fixed in table:
                table.fault(f"{name!r}: a county may not change {fixed!r}, which decides who may see.", fixed)
        table.only("title", "does", "sees", "works_with_children", "county")
        said = {key: table.text(key) for key in ("title", "does", "sees") if key in table}
        if name in roles:
            role = roles[name]
            roles[name] = replace(
                role,
                title=said.get("title", role.title),
                does=said.get("does", role.does),
                sees=said.get("sees", role.sees),
            )
    return roles
