"""Making a key, ending it, and finding for whom it stands.

A key is 256 bits drawn at random, so a plain digest of it is as good as a slow one: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from righthelp.api.models import ADMINISTRATOR, AgencyKey
from righthelp.guard.appointing import give_role
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import AGENCY_KEY, STEP, AsWorker, Refused, looking, worker_looking
from righthelp.people.keys import plain

# What a system may be let do, each by the role that lets a person do it. None sees what a colleague sent.
ROLES = {"partner": "Send worries about children", "police notifier": "Send police notifications"}
LONGEST = timedelta(days=2 * 366)
NOTED_EVERY = timedelta(minutes=10)
MARK = "rh"
LETTERS = "23456789bcdfghjkmnpqrtvwxy"
JOB = "Computer system"


class NoKey(Exception):
    """There is no key, or none that opens anything. The same is said of one that never was and one that has ended."""


def may_look_after_keys(by: AsWorker) -> None:
    """Raises `Refused`."""
    if ADMINISTRATOR not in by.roles:
        raise Refused("Keys of partners' systems are looked after by user administrators.")


def make_system(by: AsWorker, agency: Agency, name: str, roles: Iterable[str], until: date) -> Worker:
    """A worker of the agency that is a system, with the roles that let it do what it is for. Raises `Refused`."""
    may_look_after_keys(by)
    wanted = [role for role in ROLES if role in set(roles)]
    if agency.kind == "county":
        raise Refused("The county's own systems have no keys: its staff work here.")
    if not wanted:
        raise Refused("Say what the system is to do.")
    if "police notifier" in wanted and agency.kind != "police":
        raise Refused("Only the police send police notifications.")
    today = timezone.localdate()
    there = Worker.objects.filter(agency=agency).filter(Q(until__isnull=True) | Q(until__gte=today))
    if any(plain(worker.name) == plain(name) for worker in there):
        raise Refused(f"{agency} has somebody of that name already. Give the system a name of its own.")
    _lasts(until)
    system = Worker(agency=agency, name=name, job_title=JOB, since=today)
    with looking(STEP, on_behalf_of=by):
        Worker.objects.bulk_create([system])
    for role in wanted:
        give_role(by, system, role, None, today)
    return system


def make_key(by: AsWorker, system: Worker, until: date, number: UUID) -> str:
    """A new key for a system: told once, and kept only as a digest. Raises `Refused`."""
    may_look_after_keys(by)
    _lasts(until)
    prefix = f"{MARK}-{''.join(secrets.choice(LETTERS) for _ in range(8))}"
    key = f"{prefix}-{secrets.token_hex(32)}"
    made = AgencyKey(
        pk=number,
        worker=system,
        prefix=prefix,
        digest=_digest(key),
        made_at=timezone.now(),
        made_by_id=by.worker,
        until=until,
    )
    with looking(STEP, on_behalf_of=by):
        AgencyKey.objects.bulk_create([made])
    return key


def end_key(by: AsWorker, key: AgencyKey) -> None:
    """End a key: the next request with it is refused. Raises `Refused`."""
    may_look_after_keys(by)
    if key.ended_at is not None:
        raise Refused("This key has ended already.")
    key.ended_at, key.ended_by_id = timezone.now(), by.worker
    with looking(STEP, on_behalf_of=by):
        key.save(update_fields=["ended_at", "ended_by"])


def _lasts(until: date) -> None:
    today = timezone.localdate()
    if until < today:
        raise Refused("The last day cannot be in the past.")
    if until > today + LONGEST:
        raise Refused("A key lasts for two years at most. Make another before it ends.")


def bearer_of(key: str) -> tuple[AgencyKey, AsWorker | None]:
    """For whom a key stands; with no viewer where the system holds no role any more. Raises `NoKey`."""
    prefix = key.rpartition("-")[0]
    if not key.isascii() or not 1 <= len(prefix) <= 20:
        raise NoKey
    with looking(AGENCY_KEY):
        found: AgencyKey | None = AgencyKey.objects.filter(prefix=prefix).first()
        if found is None or not constant_time_compare(found.digest, _digest(key)) or not found.opens():
            raise NoKey
        now = timezone.now()
        if found.used_at is None or found.used_at < now - NOTED_EVERY:
            AgencyKey.objects.filter(pk=found.pk).update(used_at=now)
    return found, worker_looking(found.worker_id)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
