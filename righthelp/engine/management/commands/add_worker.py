"""Add the first worker of a real county, who can then add everybody else on screen."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from righthelp.engine.teams import missing_teams
from righthelp.guard import log
from righthelp.guard.models import Account, Agency, Appointment, Team, Worker
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import FIRST, looking


class Command(BaseCommand):
    """`./run add-worker EMAIL NAME`: asks for a password, and for a second factor at the first sign-in."""

    help = "Add a worker who can sign in, as a rule the first user administrator."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--title", default="Systems administrator", help="job title")
        parser.add_argument("--role", default="user administrator", choices=sorted(ROLES))
        parser.add_argument("--agency", default="The council", help="name of the agency; made if it is not there")
        parser.add_argument("--agency-kind", default="county", help="kind of agency, if it is made")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].lower()
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(f"{email} is not an e-mail address.") from wrong
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("The same again: "):
            raise CommandError("The two passwords are not the same.")
        try:
            validate_password(password)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        with looking(FIRST):
            log.job(FIRST, f"add a worker as {options['role']}")
            if Account.objects.filter(email=email).exists():
                raise CommandError(f"{email} has an account already.")
            self._add(email, password, options)
        self.stdout.write(f"{options['name']} can sign in, and sets up a second factor at the first sign-in.")

    def _add(self, email: str, password: str, options: dict[str, Any]) -> None:
        agency = Agency.objects.filter(name=options["agency"]).first()
        if agency is None:
            agency = Agency(name=options["agency"], kind=options["agency_kind"], description="")
            agency.save(force_insert=True)
        if agency.kind == "county":
            for team in missing_teams(agency, set(Team.objects.values_list("key", flat=True))):
                team.save(force_insert=True)
        if ROLES[options["role"]].county != (agency.kind == "county"):
            raise CommandError(f"{options['role']} is not a role for the kind of agency that {agency} is.")
        account = Account(email=email)
        account.set_password(password)
        account.save()
        worker = Worker(
            account=account, agency=agency, name=options["name"], job_title=options["title"], since=timezone.localdate()
        )
        worker.save(force_insert=True)
        Appointment(worker=worker, role=options["role"], since=worker.since).save(force_insert=True)
