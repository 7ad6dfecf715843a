"""Residents' ideas as they are read: the list, the order, the page of each."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

from consultations.conversation.counts import count_support
from consultations.enums import ContributionKind
from consultations.ideas.services import support_idea
from consultations.models import Contribution, PersonTakingPart, Support
from consultations.services import COMMENT, publish_contribution
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES, DEFAULT
from partnership.people.tokens import issue
from tests.consultations.test_ideas import (
    OTHER_TITLE,
    TITLE,
    html,
    supporters,
    taking_ideas,
    titles,
    write,
)
from tests.consultations.test_pages import ANONYMOUS, SIGNED_IN, signed_in, text_of
from tests.factories.cities import CityFactory, NeighbourhoodFactory, city_pair
from tests.factories.consultations import ContributionFactory, IdeaFactory, make_participant
from tests.factories.events import make_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.translations import TranslationFactory

pytestmark = pytest.mark.django_db


def test_every_choice_of_the_filters_begins_with_a_capital_and_ideas_are_feminine(client):
    consultation = taking_ideas(title_es="Ideas")
    with translation.override("es"):
        address = consultation.ideas_url

    page = html(client.get(f"{address}?language=en"))

    assert '<option value="elsewhere">Otro lugar</option>' in page
    assert "Mostrar todas</a>" in page


def test_ones_own_idea_has_its_title_and_nobody_is_told_of_answers_where_there_are_none():
    consultation = taking_ideas()
    client, participant = signed_in()
    write(consultation, participant=participant)

    mine = client.get(reverse("my_participation"))

    assert f"<strong>{TITLE}</strong>" in html(mine)
    assert "you can still change your answers" not in text_of(mine)


def test_ones_own_part_lists_the_ideas_one_supports_and_what_a_comment_is_about(
    django_assert_max_num_queries,
):
    client, participant = signed_in()
    idea, hidden = IdeaFactory(consultation=taking_ideas(), title=TITLE), IdeaFactory(title="Gone")
    for one in (idea, hidden):
        support_idea(one, participant=participant, supports=True)
        ContributionFactory(consultation=one.consultation, participant=participant, parent=one)
    Contribution.objects.filter(pk=hidden.pk).update(publication_status="withdrawn")
    client.get(reverse("my_participation"))

    with django_assert_max_num_queries(SIGNED_IN):
        mine = client.get(reverse("my_participation"))

    link = f'href="{idea.replies_url}" lang="{DEFAULT}" dir="auto">{TITLE}</a>'
    assert html(mine).count(link) == 2
    assert "About the idea: A tap" in text_of(mine)
    assert "Ideas you support" in text_of(mine)
    assert "Gone" not in text_of(mine)


# The list -----------------------------------------------------------------------------------


def supported(consultation, title, *numbers):
    """An idea with so many supporters in each city, who are written down at once."""
    idea = IdeaFactory(consultation=consultation, title=title)
    for city, number in zip(city_pair(), numbers, strict=True):
        people = ParticipantFactory.create_batch(number, resident__city=city)
        PersonTakingPart.objects.bulk_create(
            PersonTakingPart(consultation=consultation, participant=one, city=city)
            for one in people
        )
        Support.objects.bulk_create(
            Support(contribution=idea, participant=one, city=city, supports=True) for one in people
        )
    count_support(idea)


@pytest.mark.both
def test_the_order_by_support_asks_for_both_cities_and_weighs_them_by_who_takes_part(client):
    consultation = taking_ideas()
    supported(consultation, "few", 9, 5)
    supported(consultation, "both", 6, 6)
    supported(consultation, "alone", 9, 0)

    shared = titles(client.get(f"{consultation.ideas_url}?order=shared"))
    quiet = titles(client.get(f"{consultation.ideas_url}?order=quiet"))

    assert shared == ["few", "both", "alone"]  # 5/11 and 9/25, 6/11 and 6/25, none and 9/25
    assert quiet == ["alone", "both", "few"]
    assert titles(client.get(consultation.ideas_url)) == ["alone", "both", "few"]


@pytest.mark.both
def test_ideas_for_two_of_three_cities_stand_as_these_two_support_them(client):
    consultation = taking_ideas()
    supported(consultation, "both", 6, 6)
    supported(consultation, "alone", 14, 0)
    CityFactory(code="third")

    of_all = titles(client.get(f"{consultation.ideas_url}?order=shared"))
    consultation.cities.set(city_pair())
    consultation.save()
    of_two = titles(client.get(f"{consultation.ideas_url}?order=shared"))

    assert of_all == ["alone", "both"]  # nobody in the third city: one that all want is none
    assert of_two == ["both", "alone"]


@pytest.mark.both
def test_no_place_in_the_order_by_support_tells_of_fewer_than_five(client):
    consultation = taking_ideas()
    supported(consultation, "two and two", 2, 2)
    supported(consultation, "one", 1, 0)
    supported(consultation, "four of six", 5, 4)
    supported(consultation, "none of six", 9, 0)

    shared = titles(client.get(f"{consultation.ideas_url}?order=shared"))

    assert shared == ["none of six", "four of six", "one", "two and two"]


@pytest.mark.both
def test_the_list_is_narrowed_by_city_neighbourhood_language_and_words_of_either_language(client):
    _alder, puerto = city_pair()
    part = NeighbourhoodFactory(city=puerto, code="el-faro")
    consultation = taking_ideas()
    tap = IdeaFactory(consultation=consultation, title=TITLE)
    TranslationFactory(contribution=tap, text=f"{OTHER_TITLE}\n\nCon agua.")
    IdeaFactory(
        consultation=consultation,
        title="Sombra en el puerto",
        participant=make_participant(puerto),
        neighbourhood=part,
        language_code=CODES[1],
    )
    elsewhere = IdeaFactory(consultation=consultation, title="From afar")
    Contribution.objects.filter(pk=elsewhere.pk).update(city=None)

    def found(query, code=DEFAULT):
        with translation.override(code):
            return titles(client.get(f"{consultation.ideas_url}?{query}"))

    assert found(f"city={puerto.code}") == found("neighbourhood=el-faro") == ["Sombra en el puerto"]
    assert found("city=elsewhere") == ["From afar"]
    assert found(f"language={CODES[1]}") == ["Sombra en el puerto"]
    assert found("q=schoolyards") == [TITLE]
    assert found("q=fuente", CODES[1]) == [OTHER_TITLE]
    assert len(found("city=x&neighbourhood=x&language=x&order=x&page=x")) == 3


@pytest.mark.both
def test_a_city_finds_no_idea_beside_which_it_does_not_stand(client):
    """Of whoever works for a city hall it says so instead; a hidden name is a resident's."""
    puerto, consultation = city_pair()[1], taking_ideas()
    staff = make_participant(puerto, is_staff=True)
    common = {"consultation": consultation, "participant": staff}
    IdeaFactory(title="From the hall", **common)
    IdeaFactory(title="As a resident", is_name_hidden=True, **common)

    answer = client.get(f"{consultation.ideas_url}?city={puerto.code}")

    assert titles(answer) == ["As a resident"]


def test_the_filters_are_folded_and_what_was_chosen_goes_in_one_tap(client):
    consultation = IdeaFactory(consultation=taking_ideas()).consultation
    address = consultation.ideas_url

    everything = BeautifulSoup(html(client.get(address)), "html.parser")
    chosen = BeautifulSoup(html(client.get(f"{address}?order=quiet&q=shade")), "html.parser")

    assert not everything.select_one(".narrowing details").has_attr("open")
    assert everything.select(".narrowing > .chips a") == []
    assert not chosen.select_one(".narrowing details").has_attr("open")
    assert [(one.text, one["href"]) for one in chosen.select(".narrowing > .chips a")] == [
        ("Take away:“shade”", f"{address}?order=quiet"),
        ("Take away:Those with the fewest reactions", f"{address}?q=shade"),
    ]


def test_paper_has_how_many_support_an_idea_where_the_screen_has_a_button(client):
    idea = IdeaFactory(consultation=taking_ideas())
    supporters(idea, 2, city_pair()[0])

    for address in (idea.consultation.ideas_url, idea.replies_url):
        assert '<span class="on-paper">2 support this</span>' in html(client.get(address))


def test_the_list_costs_the_same_however_many_there_are(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    number = 25
    consultation, author = taking_ideas(), make_participant()
    IdeaFactory.create_batch(number, consultation=consultation, participant=author)
    resident, _participant = signed_in()

    with django_assert_max_num_queries(ANONYMOUS):
        client.get(f"{consultation.ideas_url}?order=shared")
    with django_assert_num_queries(13):
        response = client.get(f"{consultation.ideas_url}?order=shared&again=1")
    with django_assert_max_num_queries(SIGNED_IN):
        resident.get(f"{consultation.ideas_url}?order=shared")

    assert len(response.context["entries"]) == min(number, 20)
    assert response.context["page"].paginator.count == number


def test_the_note_of_a_session_stands_in_the_list_once_and_stays_in_the_conversation(client):
    note = ContributionFactory(
        consultation=taking_ideas(),
        kind=ContributionKind.IDEA,
        text="Shade for the stops.",
        participant=None,
        city=None,
        event=make_event(title="Redrawing the street"),
        session_key=uuid4(),
    )

    listed = client.get(note.consultation.ideas_url)

    assert titles(listed) == ["Shade for the stops."]
    assert "People at a session Redrawing the street" in text_of(listed)
    assert "/support/" not in html(listed)
    assert "Shade for the stops." in text_of(client.get(note.consultation.url))
    assert client.get(f"{note.consultation.ideas_url}{note.pk}/").status_code == 404


def test_the_conversation_of_the_page_holds_no_idea(client):
    idea = IdeaFactory()
    ContributionFactory(consultation=idea.consultation)

    page = client.get(idea.consultation.url)

    assert len(page.context["conversation"]["threads"]) == 1
    assert idea.title not in text_of(page)
    assert page.context["ideas"] == 1


# The page of an idea --------------------------------------------------------------------------


def test_an_idea_is_read_in_the_other_language_with_whose_words_they_are(client):
    idea = IdeaFactory(title=TITLE)
    TranslationFactory(contribution=idea, text=f"{OTHER_TITLE}\n\nCon agua.")

    with translation.override(CODES[1]):
        page = client.get(idea.replies_url)

    twin = f"http://testserver/en/consultations/safe-routes-to-school/ideas/{idea.pk}/"
    assert f'<h1 dir="auto">{OTHER_TITLE}</h1>' in html(page)
    assert f'hreflang="en" href="{twin}"' in html(page)
    assert "Traducido del inglés por alguien del vecindario." in text_of(page)


def test_what_is_said_to_an_idea_stands_on_its_page_and_every_way_leads_there(client):
    idea = IdeaFactory()
    resident, _participant = signed_in()

    asked = resident.get(f"{idea.consultation.comment_url}?parent={idea.pk}")
    done = resident.post(
        idea.consultation.comment_url,
        {"text": "Near the gate, please.", "parent": idea.pk, "form_token": issue(COMMENT)},
    )
    reply = publish_contribution(idea.replies.get(), by=ResidentFactory(is_superuser=True))
    places = [client.get(f"{idea.consultation.comment_url}{one.pk}/").url for one in (idea, reply)]

    assert "Comment on this idea" in text_of(asked)
    assert done.url == idea.replies_url
    assert places == [idea.replies_url, f"{idea.replies_url}#{reply.anchor}"]
    assert client.get(f"{idea.consultation.comment_url}{idea.pk}/replies/").url == places[0]
    assert f'id="{idea.anchor}"' in client.get(idea.replies_url).content.decode()
    assert "Near the gate, please." in text_of(client.get(idea.replies_url))


def test_an_author_hears_that_the_idea_is_published_and_where_it_stands(client):
    author = make_participant(language_code=CODES[1])
    idea = write(participant=author)

    publish_contribution(idea, by=ResidentFactory(is_superuser=True))

    mail = OutgoingMail.objects.get(kind="consultation_comment_published")
    assert mail.subject == "Tu idea para «Safe routes to school» está publicada"
    assert f"/es/consultas/safe-routes-to-school/ideas/{idea.pk}/#{idea.anchor}" in mail.text
