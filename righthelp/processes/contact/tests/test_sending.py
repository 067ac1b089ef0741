"""What a worry needs before it is sent: each rule with an answer that passes and one that is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.kernel.identifiers import UPN_LETTERS, NotAnIdentifier, check_upn
from righthelp.packs import pack
from righthelp.processes.contact.models import Contact

TOMORROW = timezone.localdate() + timedelta(days=1)


def test_the_questions_without_which_it_is_no_worry(workplace, refused):
    for name in ("child_given", "child_family", "worry", "significant_harm_likely", "consent", "sender_telephone"):
        with refused(name):
            workplace.worry(**{name: ""})


def test_a_worry_is_sent_without_a_date_of_birth(workplace):
    assert workplace.worry(child_born_on="").child_born_on is None


def test_a_child_is_born_or_expected_and_not_both(workplace, refused):
    assert workplace.worry(child_born_on="", child_expected_on=TOMORROW).child_expected_on == TOMORROW
    with refused("child_expected_on"):
        workplace.worry(child_expected_on=TOMORROW)


def test_nobody_is_born_tomorrow(workplace, refused):
    assert workplace.worry(child_born_on=timezone.localdate()).child_born_on == timezone.localdate()
    with refused("child_born_on"):
        workplace.worry(child_born_on=TOMORROW)


def test_a_date_that_is_none_is_refused_where_it_was_typed(workplace, refused):
    with refused("child_born_on"):
        workplace.worry(child_born_on="31 2 2016")


@pytest.mark.parametrize(
    ("name", "sound", "wrong"),
    [("child_nhs_number", "943 476 5919", "943 476 5918"), ("child_upn", "A123456789012", "Q123456789012")],
)
def test_numbers_with_a_wrong_check_digit_are_refused(workplace, refused, name, sound, wrong):
    if name == "child_upn":
        sound = _sound_upn()
    assert getattr(workplace.worry(**{name: sound}), name) == sound
    with refused(name, saying="Leave it empty if you are not sure."):
        workplace.worry(**{name: wrong})


def _sound_upn():
    for letter in UPN_LETTERS:
        try:
            return check_upn(f"{letter}884200126001")
        except NotAnIdentifier:
            continue
    raise AssertionError("one letter is right")


def test_only_what_may_be_seen_in_a_childs_life_is_ticked(workplace, refused):
    rows = pack().levels().rows
    seen = next(row.id for row in rows if row.choosable)
    assert workplace.worry(indicators=[seen]).indicators == [seen]
    for strange in ("no such", next(row.id for row in rows if not row.choosable)):
        with refused("indicators"):
            workplace.worry(indicators=[seen, strange])


@pytest.mark.county
@pytest.mark.parametrize("consent", ["IN_PART", "REFUSED", "NOT_SOUGHT", "WITHDRAWN"])
def test_without_consent_there_is_a_lawful_reason(workplace, refused, consent):
    with refused("without_consent"):
        workplace.worry(consent=consent, consent_from="Her mother")
    told = workplace.worry(consent=consent, consent_from="Her mother", without_consent="RAISES_RISK")
    assert told.without_consent == "RAISES_RISK"


def test_likely_significant_harm_needs_no_consent(workplace):
    contact = workplace.worry(consent="REFUSED", significant_harm_likely="yes")
    assert contact.significant_harm_likely is True
    assert contact.without_consent == ""


def test_no_consent_is_needed_to_be_asked_why_where_it_is_given(workplace):
    contact = workplace.worry(consent="GIVEN", without_consent="RAISES_RISK", without_consent_because="Left standing")
    assert (contact.without_consent, contact.without_consent_because) == ("", ""), "answers not asked are cleared"


@pytest.mark.parametrize("reason", ["NOT_REASONABLE", "NEED_REMAINS"])
def test_a_reason_that_says_nothing_by_itself_is_told(workplace, refused, reason):
    with refused("without_consent_because"):
        workplace.worry(consent="REFUSED", without_consent=reason)
    told = workplace.worry(consent="REFUSED", without_consent=reason, without_consent_because="They moved on Monday.")
    assert told.without_consent_because == "They moved on Monday."


def test_reasons_that_make_no_sense_here_are_not_offered(workplace, refused):
    for code in ("SIGNIFICANT_HARM", "SECTION_47", "NO SUCH"):
        with refused("without_consent"):
            workplace.worry(consent="REFUSED", without_consent=code)


@pytest.mark.parametrize("basis", ["OWN_WORDS", "SHOWN"])
def test_what_the_child_says_or_shows_is_written_down(workplace, refused, basis):
    with refused("child_says"):
        workplace.worry(child_says_basis=basis, child_says="")
    assert workplace.worry(child_says_basis=basis, child_says="I am hungry.").child_says == "I am hungry."


def test_a_child_who_was_not_asked_says_nothing(workplace):
    contact = workplace.worry(child_says_basis="TOO_YOUNG", child_says="Left standing")
    assert contact.child_says == ""


def test_who_agreed_is_asked_only_where_somebody_did(workplace):
    assert workplace.worry(consent="GIVEN", consent_from="Her mother").consent_from == "Her mother"
    contact = workplace.worry(consent="REFUSED", consent_from="Her mother", significant_harm_likely="yes")
    assert contact.consent_from == ""


def test_an_adult_is_whole_or_left_out(workplace, refused):
    with refused("adults-0-parental_responsibility"):
        workplace.worry(adults=[{"name": "Beth Pugh", "relationship": "MOTHER"}])
    with refused("adults-1-name"):
        whole = {"name": "Beth Pugh", "relationship": "MOTHER", "parental_responsibility": "YES"}
        workplace.worry(adults=[whole, {"telephone": "1"}])
    assert not workplace.worry(adults=[{"name": "", "relationship": "", "telephone": ""}]).adults.exists()


def test_an_adult_is_someone_to_the_child_by_a_code_of_the_set(workplace, refused):
    with refused("adults-0-relationship"):
        workplace.worry(adults=[{"name": "B", "relationship": "FRIEND OF A FRIEND", "parental_responsibility": "NO"}])


def test_another_child_is_whole_or_left_out(workplace, refused):
    with refused("other_children-0-worried_too"):
        workplace.worry(other_children=[{"given": "Bob", "family": "Pugh"}])
    assert not workplace.worry(other_children=[{"given": "", "family": "", "born_on": ""}]).other_children.exists()


def test_another_child_who_cannot_be_is_refused_where_they_were_told_of(workplace, refused):
    with refused("other_children-0-born_on"):
        workplace.worry(other_children=[{"given": "Bob", "family": "Pugh", "born_on": TOMORROW, "worried_too": "yes"}])


def test_all_faults_are_told_at_once(workplace):
    with pytest.raises(NotTaken) as refused:
        workplace.worry(child_given="", worry="", consent="NO SUCH")
    assert {fault.at for fault in refused.value.faults} >= {"child_given", "worry", "consent"}


def test_a_question_that_the_form_does_not_ask_is_not_answered(workplace, refused):
    with refused(saying="does not ask for"):
        workplace.worry(decision_reason="Slipped in")


def test_only_partners_send_worries(workplace, refused):
    with refused(kind=NotAllowed, saying="is for partner"):
        workplace.worry("Nia Prosser")
    assert workplace.worry("Tom Fairley").from_worker.name == "Tom Fairley"


def test_a_worry_does_not_begin_in_the_middle(workplace, refused):
    with refused(saying="does not begin"):
        workplace.begin("contact", "decide", "Marian Blythe")


def test_too_many_words_are_refused_rather_than_cut(workplace, refused):
    longest = Contact._meta.get_field("worry").max_length
    assert len(workplace.worry(worry="a" * longest).worry) == longest
    with refused("worry"):
        workplace.worry(worry="a" * (longest + 1))


def test_references_can_be_read_out(workplace):
    references = {workplace.worry().reference for _ in range(20)}
    assert len(references) == 20
    for reference in references:
        assert not set(reference) & set("01AEIOUSLZ"), reference
