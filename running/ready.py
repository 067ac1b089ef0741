"""Everything between an empty database and a served one: migrations, demonstration county, assets."""

import shutil
from datetime import datetime

import psycopg

from running import assets
from running.children import Offspring, django, offspring
from running.database import Addresses, environment
from running.places import state_folder
from running.prepared import Prepared, fingerprint, static_fingerprint
from running.terminal import step

MIGRATIONS, COUNTY, DIRECTORY = "migrations", "demonstration county", "directory of services"
RETURN_RULES = "rules of the returns"


def migrated(addresses: Addresses) -> None:
    """Tables, rights and policies as the code declares them, made by the owner."""
    with offspring("preparing", wait=True) as workers:
        _migrate(addresses, workers)


def peopled(addresses: Addresses) -> None:
    """Also the demonstration county's agencies and teams, without which nobody receives anything."""
    with offspring("preparing", wait=True) as workers:
        _migrate(addresses, workers)
        _make_county(addresses, workers)


def ready(addresses: Addresses, scale: float | None = None) -> None:
    """All that serving needs. What is as it should be already is left alone.

    `scale`: how many times the county of the papers a demonstration county is that is made now.
    """
    with offspring("preparing", wait=True) as workers:
        _migrate(addresses, workers)
        assets.ensure()
        _make_county(addresses, workers, scale)
        _list_services(addresses, workers)
        _ask_return_rules(addresses, workers)
        _collect_static(addresses, workers)


def demonstrates(addresses: Addresses) -> bool:
    """Whether this is the demonstration county, where everybody is invented."""
    return environment(addresses).get("RIGHTHELP_DEMONSTRATION", "") in {"1", "yes", "true"}


def _migrate(addresses: Addresses, workers: Offspring) -> None:
    prepared, code = Prepared(addresses.owner), fingerprint(addresses.request)
    if prepared.is_from(MIGRATIONS, code):
        return
    with step("Applying migrations"):
        # The cache's table first: rights on every table are given when the migrations have run.
        for words in (("createcachetable",), ("migrate", "--no-input")):
            workers.run(
                django(*words, "--verbosity", "0"),
                environment(addresses, owner=True),
                "The migrations failed; what is above says why.",
            )
    prepared.note(MIGRATIONS, code)


def _make_county(addresses: Addresses, workers: Offspring, scale: float | None = None) -> None:
    settings = environment(addresses)
    prepared, code = Prepared(addresses.owner), fingerprint(settings["RIGHTHELP_COUNTY"])
    if not demonstrates(addresses) or (scale is None and prepared.is_from(COUNTY, code)):
        return
    with step("Making the demonstration county", speaks=True):
        workers.run(
            django("prepare_demonstration", "--latest", *([] if scale is None else ["--scale", str(scale)])),
            settings,
            "The demonstration county could not be made; see above.",
        )
        # The planner would otherwise guess at the new tables' sizes until the database looks by itself.
        with psycopg.connect(addresses.owner, autocommit=True) as connection:
            connection.execute("ANALYZE")
    prepared.note(COUNTY, code)


def _list_services(addresses: Addresses, workers: Offspring) -> None:
    """The directory begins with the pack's services; the demonstration county has made it with the rest."""
    settings = environment(addresses)
    prepared, code = Prepared(addresses.owner), fingerprint(settings["RIGHTHELP_COUNTY"])
    if demonstrates(addresses) or prepared.is_from(DIRECTORY, code):
        return
    with step("Listing the services of the county's pack"):
        workers.run(
            django("list_services", "--verbosity", "0"),
            settings,
            "The services could not be listed; what is above says why.",
        )
    prepared.note(DIRECTORY, code)


def _ask_return_rules(addresses: Addresses, workers: Offspring) -> None:
    """Steps ask the rules of the returns for themselves. A new year, or a new version, asks them of everybody."""
    settings = environment(addresses)
    today = datetime.now().astimezone().date()
    prepared, code = Prepared(addresses.owner), f"{fingerprint(addresses.request)} {today}"
    if demonstrates(addresses) or prepared.is_from(RETURN_RULES, code):
        return  # the demonstration county has asked them when it was made
    with step("Asking the rules of the returns"):
        workers.run(
            django("ask_return_rules", "--verbosity", "0"),
            settings,
            "The rules of the returns could not be asked; what is above says why.",
        )
    prepared.note(RETURN_RULES, code)


def _collect_static(addresses: Addresses, workers: Offspring) -> None:
    folder = state_folder() / "static"
    note, code = state_folder() / "static.made-from", static_fingerprint()
    if folder.exists() and note.exists() and note.read_text() == code:
        return
    note.unlink(missing_ok=True)
    with step("Collecting style sheets and scripts"):
        shutil.rmtree(folder, ignore_errors=True)
        workers.run(
            django("collectstatic", "--no-input", "--verbosity", "0"),
            environment(addresses),
            "The style sheets and scripts could not be collected; see above.",
        )
    note.write_text(code)
