"""The small county's supervision and oversight: a worker who is supervised, a manager who looks, a concern, a group."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin, take
from righthelp.processes.group_discussion.models import GroupDiscussion
from righthelp.processes.management_oversight.models import ManagementOversight
from righthelp.processes.supervision.children import SupervisionChild
from righthelp.processes.supervision.models import Supervision
from righthelp.processes.transfer_pack.models import TransferPack

if TYPE_CHECKING:
    from tests.county import County

DAY = timedelta(days=1)


def called_for(county: County, journal: Journal) -> None:
    """The allocated worker, and their manager, are to be supervised."""
    on = county.now - 9 * DAY
    for who, by in (("allocated", "team manager"), ("team manager", "head of service")):
        county.rows[f"supervision of the {who}"] = begin(
            Supervision, "call_for", by=county.as_(by), on=on, into=journal, worker=county.worker(who)
        )


def oversight(county: County, journal: Journal) -> None:
    """Supervision is recorded; a manager looks at a record; a chair raises a concern; workers think together."""
    say, manager, child = county.say, county.as_("team manager"), county.people["known"]
    held, due_on = county.now - 2 * DAY, county.now.date() + 5 * DAY
    row = county.rows["supervision of the allocated"]
    said = {
        "talked": say("She has slept better"), "safe_enough": "YES", "safe_because": say("Her aunt is there"),
        "agreed": True, "decided": say("Visit twice more"), "what": say("See her at school"), "who": say("Her worker"),
        "due_on": due_on,
    }  # fmt: skip
    children = SupervisionChild.objects.filter(entry=row.pk, person__circle__isnull=True)
    take(
        row, "record", by=manager, on=held, into=journal, held_at=held, summary=say("The work as a whole"),
        worker_is=say("Tired, and glad of Friday"), children=[{"row": str(one.pk), **said} for one in children],
        actions=[{"what": say("Find a mentor"), "who": say("The manager"), "due_on": due_on}],
    )  # fmt: skip
    county.rows["oversight"] = begin(
        ManagementOversight, "look", by=manager, on=held, into=journal, person=child, looked_at=held,
        looked_into=say("Read the visits"), safe_enough="YES", safe_because=say("She is seen each week"),
        direction_agreed=True, direction=say("As planned"),
    )  # fmt: skip
    county.rows["concern"] = begin(
        ManagementOversight, "escalate", by=county.as_("conference chair"), on=held, into=journal, person=child,
        concern=say("The group has not met"), raised_to=county.worker("team manager"),
    )  # fmt: skip
    county.rows["pack"] = begin(
        TransferPack, "send", by=manager, on=county.now - DAY, into=journal, person=child, county=say("Marchshire"),
        sent_to=say("Their duty team"), agreed=True, agreed_by=say("Her mother"), why=say("They move"), how="POST",
    )  # fmt: skip
    county.rows["discussion"] = begin(
        GroupDiscussion, "write_down", by=county.as_("allocated"), on=held, into=journal, person=child, held_at=held,
        took_part=say("Four workers"), led_by=say("The manager"), question=say("Why is she silent?"),
        child_view=say("That nobody asks"), thought=say("We were afraid"), will_try=say("A walk"), look_back_on=due_on,
    )  # fmt: skip
