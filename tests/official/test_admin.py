"""How an editor writes answers and has them signed, and what they cannot do."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from consultations.official.models import OfficialAnswer, PublishedAnswer
from consultations.official.services import sheet_of
from partnership.ledger.models import ApprovalRequest
from partnership.pages.groups import MODERATORS
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, StatementFactory
from tests.factories.official import (
    editor_of,
    make_answer,
    make_closed_consultation,
    sign_and_publish,
)

pytestmark = pytest.mark.django_db

NEW = "/admin/official_answers/new/"


@pytest.fixture
def consultation(site_tree):
    return make_closed_consultation()


@pytest.fixture
def editor(client, consultation):
    found = editor_of(city_pair()[0])
    client.force_login(found)
    return found


def sheet(consultation):
    return reverse("answer_sheet", args=(consultation.pk,))


def written(consultation, **fields):
    values = {"sheet": sheet_of(consultation).pk, "state": "accepted", **fields}
    for code in CODES:
        values.setdefault(localized("text", code), f"We build it ({code}).")
        values.setdefault(localized("answered_by", code), "Roads department")
    return values


def test_an_editor_writes_an_answer_and_has_it_signed(client, editor, consultation):
    statement = StatementFactory(consultation=consultation)

    form = client.get(f"{NEW}?consultation={consultation.pk}")
    added = client.post(NEW, written(consultation, statement=statement.pk))
    asked = client.post(sheet(consultation))

    assert form.status_code == 200
    assert added.status_code == 302
    answer = OfficialAnswer.objects.get()
    assert (answer.statement, answer.state) == (statement, "accepted")
    request = ApprovalRequest.objects.get()
    assert asked.url == reverse("approval", args=(request.pk,))
    screen = client.get(asked.url).content.decode()
    assert "We build it (es)." in screen
    assert "Sign for Alder Bay" in screen


def test_the_list_says_in_the_editors_language_what_is_answered(client, editor, consultation):
    make_answer(consultation, statement=StatementFactory(consultation=consultation))
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "es"})

    page = client.get("/admin/official_answers/").content.decode()

    assert "Frase: " in page
    assert "statement: " not in page.lower()


def test_a_draft_may_lack_a_language_and_is_then_not_sent(client, editor, consultation):
    statement = StatementFactory(consultation=consultation)
    lacking = {localized("text", CODES[1]): ""}

    client.post(NEW, written(consultation, statement=statement.pk, **lacking))
    asked = client.post(sheet(consultation))

    assert OfficialAnswer.objects.count() == 1
    assert asked.status_code == 422
    assert "Not every answer is ready in every language" in asked.content.decode()
    assert not ApprovalRequest.objects.exists()


@pytest.mark.parametrize("targets", [0, 2])
def test_an_answer_answers_exactly_one_thing(client, editor, consultation, targets):
    chosen = {
        "statement": StatementFactory(consultation=consultation).pk,
        "contribution": ContributionFactory(consultation=consultation).pk,
    }

    response = client.post(NEW, written(consultation, **(chosen if targets else {})))

    assert response.status_code == 200
    assert "Choose exactly one thing that is answered." in response.content.decode()
    assert not OfficialAnswer.objects.exists()


def test_what_was_said_elsewhere_is_refused_beside_its_field(client, editor, consultation):
    elsewhere = StatementFactory(consultation=make_closed_consultation())

    refused = client.post(NEW, written(consultation, statement=elsewhere.pk))

    assert list(refused.context["form"].errors) == ["statement"]
    assert not OfficialAnswer.objects.exists()


def test_nobody_writes_on_another_citys_sheet(client, editor):
    _alder, puerto = city_pair()
    theirs = make_closed_consultation(cities=[puerto])
    statement = StatementFactory(consultation=theirs)

    refused = client.post(NEW, written(theirs, statement=statement.pk))

    assert "sheet" in refused.context["form"].errors
    assert not OfficialAnswer.objects.exists()


def test_another_citys_answers_do_not_exist_for_an_editor(client, editor):
    _alder, puerto = city_pair()
    theirs = make_closed_consultation(cities=[puerto])
    answer = make_answer(theirs, statement=StatementFactory(consultation=theirs))
    edit = reverse("official_answers:edit", args=(answer.pk,))

    assert client.get(sheet(theirs)).status_code == 404
    assert client.post(sheet(theirs)).status_code == 404
    assert client.get(edit).status_code == 404
    assert str(answer.target) not in client.get("/admin/official_answers/").content.decode()


def test_without_the_permission_nobody_writes(client, consultation):
    moderator = editor_of(city_pair()[0])
    moderator.groups.clear()
    from django.contrib.auth.models import Group

    moderator.groups.add(Group.objects.get(name=MODERATORS))
    client.force_login(moderator)

    assert client.get(sheet(consultation)).status_code == 403
    assert client.post(sheet(consultation)).status_code == 403
    assert client.get(NEW).status_code in {302, 403}


def test_a_published_answer_stays(client, editor, consultation):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)

    client.post(reverse("official_answers:delete", args=(answer.pk,)))

    assert OfficialAnswer.objects.filter(pk=answer.pk).exists()
    assert PublishedAnswer.objects.current().exists()


def test_the_sheet_stays_within_its_queries(
    client, editor, consultation, django_assert_max_num_queries
):
    number = 3
    answers = [
        make_answer(consultation, statement=StatementFactory(consultation=consultation))
        for _number in range(number)
    ]
    client.get(sheet(consultation))

    with django_assert_max_num_queries(30):
        html = client.get(sheet(consultation)).content.decode()

    assert [str(answer.target) in html for answer in answers] == [True] * number


@pytest.mark.both
def test_what_another_city_wrote_meanwhile_is_not_undone_unseen(client, editor, consultation):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    address = reverse("official_answers:edit", args=(answer.pk,))
    opened = client.get(address).context["form"]
    hidden = {name: opened[name].value() for name in ("as_opened", "form_token")}
    values = written(consultation, statement=answer.statement_id)
    another = Client()
    another.force_login(editor_of(city_pair()[1]))
    another.post(address, {**values, "text_en": "In May."})

    refused = client.post(address, {**values, "text_en": "In June.", **hidden})

    answer.refresh_from_db()
    assert (refused.status_code, answer.text_en) == (200, "In May.")
    assert "Now it says: “In May.”" in refused.content.decode()
    assert refused.context["form"]["text_en"].value() == "In June."
