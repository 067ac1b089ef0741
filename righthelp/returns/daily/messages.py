"""What the Department is sent of one child: all that is so now, or what is no longer so and is taken back.

Omitting an element does not take it back, as far as anybody has confirmed. So whatever was told before and is on record
no longer is taken back first, by the schema's own word (`purge`) and in a message that says nothing else; what is still
so of the same block is told again in the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from righthelp.returns.daily.models import DailyPayload
from righthelp.returns.daily.payload import (
    DETAILS,
    EPISODE_ID,
    EPISODES,
    ID_OF,
    Drawn,
    Payload,
    as_kept,
    as_said,
    canonical,
    fingerprint,
    held_by,
)

Blocks = dict[str, frozenset[str]]


@dataclass
class Message:
    """One child's part of a request, and what the Department holds of them once it has accepted it."""

    row: DailyPayload
    payload: Payload
    holds: list[str] = field(default_factory=list)
    accepted: str = ""  # the fingerprint of the whole child, once nothing more is to be said of them
    takes_back: bool = False
    ends: bool = False  # nothing more waits once this is accepted

    @property
    def fingerprint(self) -> str:
        """By which a refusal is remembered: the same is not sent again."""
        return self.accepted or fingerprint(self.payload)


def message_for(row: DailyPayload, drawn: Drawn | None) -> Message | None:
    """The next thing to say of this child; None when nothing is. `drawn` is None for who is no longer to be sent."""
    before = as_said(row.holds)
    if drawn is None:
        if not before:
            return None
        gone = {"la_child_id": row.number, "purge": True}
        return Message(row, gone, takes_back=True, ends=True)
    now = held_by(drawn.payload)
    if taken := no_longer_so(before, now):
        left = {path: names for path, names in before.items() if not _within(path, taken)}
        return Message(row, taking_back(row.number, taken), as_kept(left), takes_back=True)
    if row.accepted == drawn.fingerprint:
        return None
    return Message(row, drawn.payload, as_kept(now), drawn.fingerprint, ends=True)


def no_longer_so(before: Blocks, now: Blocks) -> set[str]:
    """The blocks to take back: those that are gone, and those of which something is; not what stands in one of them."""
    gone = {path for path, names in before.items() if path not in now or names - now[path]}
    return {path for path in gone if not _within(path, gone - {path})}


def _within(path: str, blocks: set[str]) -> bool:
    return any(path == block or path.startswith(f"{block}/") for block in blocks)


def taking_back(number: str, blocks: set[str]) -> Payload:
    """A message that takes these blocks back and says nothing else."""
    payload: Payload = {"la_child_id": number}
    episodes: dict[str, Payload] = {}
    for path in sorted(blocks):
        if path == DETAILS:
            payload[DETAILS] = {"purge": True}
            continue
        _, key, *part = path.split("/")
        episode = episodes.setdefault(key, {EPISODE_ID: key})
        if part:
            name, of = part
            episode.setdefault(name, []).append({ID_OF[name]: of, "purge": True})
        else:
            episode["purge"] = True
    if episodes:
        payload[EPISODES] = list(episodes.values())
    canonical_: Payload = canonical(payload)
    return canonical_
