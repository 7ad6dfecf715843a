"""An analyst's day: the codebook, the texts, one text after the other; without scripts."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation

from consultations.analysis.groups import ensure_groups as ensure_coders
from consultations.analysis.models import CodedText, Quote, SavedView, Theme
from consultations.groups import ensure_groups as ensure_moderators
from partnership.pages.groups import ANALYSTS, MODERATORS
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, StatementFactory, make_consultation
from tests.factories.official import (
    make_answer,
    make_closed_consultation,
    make_theme,
    put_under,
    sign_and_publish,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(site_tree):
    return make_consultation()


def somebody(group, *cities):
    ensure_coders()
    ensure_moderators()
    person = ResidentFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    person.edits_for.set(cities)
    return person


@pytest.fixture
def analyst(client, consultation):
    found = somebody(ANALYSTS, city_pair()[0])
    client.force_login(found)
    return found


def screen(name, consultation, **kwargs):
    return reverse(f"analysis_{name}", kwargs={"consultation_id": consultation.pk, **kwargs})


def body(response):
    return response.content.decode()


def test_where_nothing_was_written_nobody_has_read_everything(client, analyst, consultation):
    nothing = body(client.get(screen("code", consultation)))
    type(consultation).objects.filter(pk=consultation.pk).update(is_anonymous=True)
    held_back = body(client.get(screen("code", consultation)))

    assert "There is nothing to read yet." in nothing
    assert "once the consultation has closed" in held_back
    assert "You have read every text" not in nothing + held_back


def test_one_text_after_the_other_until_all_are_read(client, analyst, consultation):
    theme = make_theme(consultation, "Crossings")
    comments = ContributionFactory.create_batch(2, consultation=consultation)
    where = screen("code", consultation)

    first = body(client.get(where))
    client.post(where, {"kind": "comment", "pk": comments[0].pk, "themes": [theme.number]})
    second = body(client.get(where))
    client.post(where, {"kind": "comment", "pk": comments[1].pk})
    third = body(client.get(where))

    assert comments[0].text in first
    assert 'data-key="1"' in first
    assert comments[1].text in second
    assert "You have read every text of this view." in third
    assert CodedText.objects.filter(coder=analyst).count() == 2


def test_what_one_has_said_can_be_looked_at_and_changed(client, analyst, consultation):
    theme = make_theme(consultation)
    comment = ContributionFactory(consultation=consultation)
    put_under(theme, contribution=comment, coder=analyst)

    html = body(client.get(f"{screen('code', consultation)}?text=comment-{comment.pk}"))

    assert re.search(r'name="themes" value="1"[^>]*checked', html)


def test_a_word_of_the_theme_is_a_hint_and_no_tick(client, analyst, consultation):
    make_theme(consultation, "Crossings")
    ContributionFactory(consultation=consultation, text="A crossing is missing.")

    html = body(client.get(screen("code", consultation)))

    assert "a word points to it" in html
    assert not re.search(r'name="themes"[^>]*checked', html)


def test_the_codebook_shows_texts_agreement_and_candidates(client, analyst, consultation):
    theme = make_theme(consultation, "Crossings")
    comments = [
        ContributionFactory(consultation=consultation, text="Harbour steps are steep."),
        ContributionFactory(consultation=consultation, text="The harbour is far."),
    ]
    put_under(theme, contribution=comments[0])
    put_under(theme, contribution=comments[0])
    put_under(contribution=comments[1])
    put_under(contribution=comments[1])

    html = body(client.get(screen("codebook", consultation)))

    assert "1.00" in html
    assert "2 texts were read." in html
    assert "harbour" in html
    assert "Make it a theme" in html
    assert Theme.objects.count() == 1


def test_a_candidate_becomes_a_theme_by_hand(client, analyst, consultation):
    name = localized("title", CODES[0])
    new = f"{reverse('themes:add')}?consultation={consultation.pk}&{name}=harbour"

    form = body(client.get(new))
    values = {localized("title", code): "Harbour" for code in CODES}
    added = client.post(reverse("themes:add"), {"consultation": consultation.pk, **values})

    assert 'value="harbour"' in form
    assert added.url == screen("codebook", consultation)
    assert Theme.objects.get().consultation == consultation


def test_a_view_is_saved_shown_and_forgotten(client, analyst, consultation):
    where = f"{screen('texts', consultation)}?language=es"

    nameless = client.post(where, {"name": " "})
    client.post(where, {"name": "In Spanish"})
    shown = body(client.get(screen("codebook", consultation)))
    view = SavedView.objects.get()
    client.post(screen("forget_view", consultation, pk=view.pk))

    assert nameless.status_code == 422
    assert "In Spanish" in shown
    assert "language=es" in shown
    assert not SavedView.objects.exists()


def test_another_persons_view_is_not_forgotten(client, analyst, consultation):
    theirs = SavedView.objects.create(
        consultation=consultation, saved_by=ResidentFactory(), name="Theirs", query="language=es"
    )

    response = client.post(screen("forget_view", consultation, pk=theirs.pk))

    assert response.status_code == 404
    assert SavedView.objects.exists()


@pytest.mark.parametrize("name", ["codebook", "texts", "code"])
def test_another_citys_texts_do_not_exist_and_moderators_do_not_code(
    client, analyst, consultation, name
):
    theirs = make_consultation(cities=[city_pair()[1]])

    assert client.get(screen(name, consultation)).status_code == 200
    assert client.get(screen(name, theirs)).status_code == 404
    client.force_login(somebody(MODERATORS, city_pair()[0]))
    assert client.get(screen(name, consultation)).status_code == 403
    assert client.post(screen(name, consultation)).status_code in {403, 405}


def test_the_list_holds_the_consultations_of_ones_cities_for_whoever_may_read(
    client, analyst, consultation
):
    make_consultation(title="Of the other city", cities=[city_pair()[1]])

    page = body(client.get(reverse("analysis")))
    client.force_login(somebody(MODERATORS, city_pair()[0]))
    refused = client.get(reverse("analysis"))

    assert screen("codebook", consultation) in page
    assert "Of the other city" not in page
    assert refused.status_code == 403


def test_the_codebook_names_ones_own_views_only(client, analyst, consultation):
    for person, name in ((analyst, "My own"), (ResidentFactory(), "Of a colleague")):
        SavedView.objects.create(
            consultation=consultation, saved_by=person, name=name, query="language=es"
        )

    page = body(client.get(screen("codebook", consultation)))

    assert ("My own" in page, "Of a colleague" in page) == (True, False)


def test_a_comment_of_another_consultation_is_not_quoted(client, analyst, consultation):
    theirs = ContributionFactory(consultation=make_consultation(cities=[city_pair()[1]]))

    refused = client.post(screen("quote", consultation, pk=theirs.pk), {"wants": "yes"})

    assert refused.status_code == 404
    assert not Quote.objects.exists()


@pytest.mark.parametrize(("asked", "status"), [("text=x-1", 200), ("text=comment-9", 200)])
def test_an_address_that_makes_no_sense_shows_the_next_text(
    client, analyst, consultation, asked, status
):
    comment = ContributionFactory(consultation=consultation)

    response = client.get(f"{screen('code', consultation)}?{asked}{'9' * 30}&theme=x&city=%00")

    assert response.status_code == status
    assert comment.text in body(client.get(screen("code", consultation)))


def test_the_texts_stay_within_their_queries(
    client, analyst, consultation, django_assert_max_num_queries
):
    number = 3
    comments = ContributionFactory.create_batch(number, consultation=consultation)
    client.get(screen("texts", consultation))

    with django_assert_max_num_queries(24):
        html = body(client.get(screen("texts", consultation)))

    assert [comment.text in html for comment in comments] == [True] * number


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_quote_stands_where_the_cities_answer(client, site_tree, code):
    consultation = make_closed_consultation()
    client.force_login(somebody(ANALYSTS, city_pair()[0]))
    comment = ContributionFactory(consultation=consultation, text="My mother waves from the top.")
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)

    client.post(screen("quote", consultation, pk=comment.pk), {"wants": "yes"})
    client.logout()
    with translation.override(code):
        where = reverse("consultation_answers", args=(consultation.slug_in(code),))
    html = body(client.get(where))

    heading = {"en": "What some of you said", "es": "Lo que dijeron algunas personas"}[code]
    assert heading in html
    assert "My mother waves from the top." in html.partition(heading)[2]
