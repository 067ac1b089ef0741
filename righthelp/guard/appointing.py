"""Giving and ending roles. Only a user administrator may, and never their own."""

from datetime import date, timedelta

from righthelp.guard.models import Appointment, Team, Worker
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import STEP, AsWorker, Refused, looking


def give_role(by: AsWorker, worker: Worker, role: str, team: Team | None, since: date) -> Appointment:
    """Appoint a worker to a role from a day on. Raises `Refused` with a sentence."""
    _may_change(by, worker)
    if role not in ROLES:
        raise Refused(f"There is no role called {role}.")
    if ROLES[role].county != (worker.agency.kind == "county"):
        raise Refused(f"{worker.agency} is not the kind of agency whose workers are appointed as {role}.")
    if team is not None and team.agency_id != worker.agency_id:
        raise Refused(f"{team} is not a team of {worker.agency}.")
    held = Appointment.objects.filter(worker=worker, role=role, team=team, until__isnull=True)
    if held.exists():
        raise Refused(f"{worker} already holds this role.")
    appointment = Appointment(worker=worker, role=role, team=team, since=since, given_by_id=by.worker)
    with looking(STEP, on_behalf_of=by):
        Appointment.objects.bulk_create([appointment])
    return appointment


def end_role(by: AsWorker, appointment: Appointment, today: date) -> None:
    """End a role yesterday, so that it opens nothing today. Raises `Refused` with a sentence."""
    _may_change(by, appointment.worker)
    if appointment.until is not None:
        raise Refused("This role has ended already.")
    appointment.until = today - timedelta(days=1)
    with looking(STEP, on_behalf_of=by):
        appointment.save(update_fields=["until"])


def _may_change(by: AsWorker, worker: Worker) -> None:
    if worker.pk == by.worker:
        raise Refused("Nobody changes their own roles. Ask another user administrator.")
    if "user administrator" not in by.roles:
        raise Refused("Only a user administrator gives and ends roles.")
