"""How quotas and questions are edited: no more kept than there is, no answer falsified."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.models import CharrettePage
from events.registrations.models import Registration, SignUpQuestion
from tests.events.test_editing import key_of, typed
from tests.factories.cities import city_pair
from tests.factories.events import make_event_index
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    city_pair()
    editor = ResidentFactory(is_staff=True, is_superuser=True)
    client.force_login(editor)
    return editor


def add(client, **fields):
    address = reverse(
        "wagtailadmin_pages:add", args=("events", "charrettepage", make_event_index().pk)
    )
    return client.post(address, {**sent(**fields), "action-publish": "1"})


def save(client, event, **fields):
    address = reverse("wagtailadmin_pages:edit", args=(event.pk,))
    return client.post(address, {**sent(**fields), "action-publish": "1"})


def sent(*, quotas=(), questions=(), initial=0, **fields):
    rows = nested_form_data(
        {
            "quotas": inline_formset(list(quotas)),
            "sign_up_questions": inline_formset(list(questions), initial=initial),
        }
    )
    return {**typed(), **rows, **fields}


def question(options=(), initial=0, **fields):
    return {
        "type": "single_choice",
        "text_en": "Which table?",
        "text_es": "¿Qué mesa?",
        "help_text_en": "",
        "help_text_es": "",
        "options": inline_formset(list(options), initial=initial),
        **fields,
    }


def option(label, **fields):
    return {"label_en": label, "label_es": label, **fields}


def asked_event(client):
    response = add(client, questions=[question([option("Red"), option("Blue")])])
    assert response.status_code == 302, (
        response.context["form"].formsets["sign_up_questions"].errors
    )
    return CharrettePage.objects.get()


def kept(asked):
    """The rows of a question that exists, as the screen sends them again."""
    options = [option(str(each), id=each.pk) for each in asked.options.all()]
    return question(options, initial=len(options), id=asked.pk)


def test_no_more_places_are_kept_than_there_are(client, unwritten):
    quotas = [{"city": key_of("alder"), "places": "9"}, {"city": key_of("puerto"), "places": "2"}]

    response = add(client, capacity="10", quotas=quotas)

    assert response.status_code == 200
    errors = response.context["form"].formsets["quotas"].errors
    assert errors[1] == {"places": ["More places are kept than there are."]}


def test_a_new_wording_keeps_the_identifiers(client):
    event = asked_event(client)
    before = SignUpQuestion.objects.get()
    names = [before.identifier, *(each.identifier for each in before.options.all())]

    wording = {"text_en": "At which table?", "text_es": "¿En qué mesa?"}
    row = {**kept(before), **wording}
    response = save(client, event, questions=[row], initial=1)

    assert response.status_code == 302
    after = SignUpQuestion.objects.get()
    assert after.text_en == "At which table?"
    assert [after.identifier, *(each.identifier for each in after.options.all())] == names


@pytest.mark.parametrize("edit", ["delete", "type", "option"])
def test_what_people_answered_stays_as_it_was_asked(client, edit):
    event = asked_event(client)
    asked = SignUpQuestion.objects.get()
    chosen = asked.options.first()
    RegistrationFactory(event=event, answers={asked.identifier: chosen.identifier})
    row = kept(asked)
    if edit == "delete":
        row["DELETE"] = "on"
    elif edit == "type":
        row["type"] = "text"
    else:
        gone = [option(str(each), id=each.pk) for each in asked.options.all()]
        gone[0]["DELETE"] = "on"
        row["options"] = inline_formset(gone, initial=2)

    response = save(client, event, questions=[row], initial=1)

    form = response.context["form"]
    errors = f"{form.errors} {form.formsets['sign_up_questions'].errors}"
    assert "People have" in errors
    assert SignUpQuestion.objects.get().options.count() == 2
    assert Registration.objects.get().answers == {asked.identifier: chosen.identifier}


def test_a_choice_needs_options(client, unwritten):
    response = add(client, questions=[question()])

    errors = response.context["form"].formsets["sign_up_questions"].errors
    assert errors == [{"type": ["Add the options people can choose from."]}]
