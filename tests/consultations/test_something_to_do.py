"""A consultation is not opened while nobody could do anything in it."""

from datetime import timedelta

import pytest
from wagtail.test.utils.form_data import inline_formset

from consultations.models import ConsultationPage, Phase
from consultations.something_to_do import NothingToDo
from tests.consultations.test_editing import ONE_PHASE, admin, form, phase, send
from tests.factories.consultations import make_consultation, make_question

pytestmark = pytest.mark.django_db

NOTHING = "Nobody could do anything here: no phase between the opening and the close"
UNASKED = "It has questions, and no phase in which residents may answer them."
QUESTION = {
    "type": "long_text",
    "text_en": "How?",
    "text_es": "¿Cómo?",
    "scale_min": 1,
    "scale_max": 5,
    "options": inline_formset([]),
}
AFTERWARDS = phase("2027-06-01 09:00", "2027-06-30 23:59")


def without_phases():
    """A consultation to which the editor adds the first phase."""
    consultation = make_consultation()
    Phase.objects.all().delete()
    return consultation


def published(consultation, **values):
    """The screen after publishing, with what it says on the next one."""
    address = f"/admin/pages/{consultation.pk}/edit/"
    return admin().post(address, form(consultation, **values), follow=True)


@pytest.mark.parametrize(
    "phases",
    [
        [],
        [{**ONE_PHASE, "kind": "inform", "allows": []}],
        [AFTERWARDS],
        [{**ONE_PHASE, "allows": "answer"}],
    ],
    ids=["without a phase", "only to inform", "after the close", "answering no question"],
)
def test_what_gives_nothing_to_do_is_refused_beside_who_may_take_part(phases):
    refused = published(without_phases(), phases=phases).context["form"]

    assert list(refused.errors) == ["participation"]
    assert NOTHING in refused.errors["participation"][0]


def test_it_may_be_for_information_only():
    status, _page = send(without_phases(), phases=[], participation="none")

    assert status == 302


def test_a_draft_may_have_no_phases_yet():
    consultation = without_phases()
    sent = form(consultation, phases=[])
    del sent["action-publish"]

    answer = admin().post(f"/admin/pages/{consultation.pk}/edit/", sent)

    assert answer.status_code == 302


@pytest.mark.parametrize(("allows", "is_told"), [("vote", True), ("answer", False)])
def test_whoever_leaves_questions_without_a_phase_is_told(allows, is_told):
    phases, questions = [{**ONE_PHASE, "allows": allows}], inline_formset([QUESTION])

    told = published(make_consultation(), phases=phases, questions=questions)

    assert [status for _address, status in told.redirect_chain] == [302]
    assert (UNASKED in told.content.decode()) == is_told


def test_every_other_way_of_publishing_asks_too():
    idle = make_consultation(allows=())
    page = ConsultationPage.objects.get(pk=idle.pk)

    with pytest.raises(NothingToDo, match=NOTHING):
        page.save_revision().publish()


def test_what_is_over_is_published_whatever_its_phases_say():
    over = make_consultation(allows=(), closes_in=timedelta(days=-1))

    over.save_revision().publish()

    assert ConsultationPage.objects.get(pk=over.pk).live


def test_answering_is_something_to_do_where_there_is_a_question():
    consultation = make_consultation(allows=("answer",))
    make_question(consultation)
    page = ConsultationPage.objects.get(pk=consultation.pk)

    page.save_revision().publish()

    assert Phase.objects.get().allows == ["answer"]
