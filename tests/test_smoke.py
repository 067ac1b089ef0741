import pytest

from righthelp.demo.staff import make_staff
from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin, take
from righthelp.guard.viewers import DEMONSTRATION, looking, worker_looking
from righthelp.processes.contact.models import Contact
from righthelp.record.models import *


@pytest.mark.django_db
def test_story():
    with looking(DEMONSTRATION):
        j = Journal()
        staff = make_staff(j)
        j.write(DEMONSTRATION)
    ruth = worker_looking(staff.workers["Ruth Adeyemi"].pk)
    with looking(ruth):
        c = begin(
            Contact,
            "send",
            by=ruth,
            child_given="Ada",
            child_family="Pugh",
            child_born_on="3 4 2016",
            worry="Bruise",
            significant_harm_likely="yes",
            consent="NOT_SOUGHT",
            child_says_basis="OWN_WORDS",
            child_says="It hurts",
            family_knows="no",
            sender_telephone="1",
            adults=[
                dict(
                    name="X Pugh",
                    relationship="MOTHER",
                    parental_responsibility="YES",
                    lives_with_child="yes",
                )
            ],
            other_children=[dict(given="Bob", family="Pugh", born_on="1 1 2018", worried_too="yes")],
        )
        mine = Contact.objects.all()
        assert len(mine) == 2
        with pytest.raises(Exception) as e:
            mine[0].decision_reason
        print(e.value)
    nia = worker_looking(staff.workers["Nia Prosser"].pk)
    marian = worker_looking(staff.workers["Marian Blythe"].pk)
    with looking(nia):
        c = Contact.objects.get(pk=c.pk)
        c = take(c, "start", by=nia, urgency="RED", urgency_reason="bruise")
        c = take(c, "register", by=nia, match_reason="new")
        print(
            c.entry.person,
            list(Deadline.objects.filter(entry=c.pk)),
            list(Holding.objects.filter(entry=c.pk)),
        )
    with looking(marian):
        c = take(
            c,
            "decide",
            by=marian,
            outcome="REFERRAL",
            level=4,
            decision_reason="because",
            parents_told="NO",
            parents_not_told_because="risk",
        )
        for e in TimelineEvent.objects.filter(entry__person=c.entry.person):
            print(e.says, e.by_name)
        print(Document.objects.get().words)
        print(CaseEntry.objects.filter(person=c.entry.person))
    with looking(ruth):
        print(Document.objects.count(), TimelineEvent.objects.count())
