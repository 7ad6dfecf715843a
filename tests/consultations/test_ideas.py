"""Residents' ideas: written, held, put in other words, supported."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.utils import translation

from consultations import tallies
from consultations.conversation.services import edit_comment, withdraw_comment
from consultations.enums import Act, Participation, PublicationStatus
from consultations.ideas.presenting import PER_PAGE
from consultations.ideas.refusals import IdeaEmpty, TitleMissing
from consultations.ideas.services import IDEA, support_idea, write_idea
from consultations.limits import IDEAS
from consultations.models import Contribution, EarlierWording, PersonTakingPart, Support
from consultations.models.ideas import LONGEST_IDEA, LONGEST_TITLE
from consultations.refusals import (
    CommentNotThere,
    ConsultationClosed,
    OwnComment,
    PhaseDoesNotAllow,
    TextTooLong,
    WrongChoice,
)
from consultations.services import publish_contribution
from partnership.pages.languages import CODES, DEFAULT
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.consultations.test_guest_answers import code_sent
from tests.consultations.test_pages import close, signed_in, text_of
from tests.factories.cities import NeighbourhoodFactory, city_pair
from tests.factories.consultations import (
    ContributionFactory,
    IdeaFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory
from tests.factories.translations import TranslationFactory

pytestmark = pytest.mark.django_db

TITLE, TEXT = "A tap in every schoolyard", "Children drink more water when there is a tap."
OTHER_TITLE = "Una fuente en cada patio de colegio"
WHO = {"name": "Ana Olmo", "email": "ana@example.org", "city": "puerto"}


def taking_ideas(**fields):
    return make_consultation(takes_ideas=True, **fields)


def write(consultation=None, **values):
    return write_idea(
        consultation or taking_ideas(),
        participant=values.pop("participant", None) or make_participant(),
        **{"title": TITLE, "text": TEXT, "form_token": issue(IDEA), **values},
    )


def sent(**values):
    return {"title": TITLE, "text": TEXT, "form_token": issue(IDEA), **values}


def supporters(idea, number, city):
    for _number in range(number):
        support_idea(idea, participant=make_participant(city), supports=True)


def html(response):
    return response.content.decode()


def titles(response):
    return [entry["title"] or entry["body"] for entry in response.context["entries"]]


# Writing ------------------------------------------------------------------------------------


@pytest.mark.both
def test_an_idea_waits_with_its_title_place_and_language_and_its_author_takes_part():
    consultation, participant = taking_ideas(), make_participant()
    harbour = NeighbourhoodFactory(city=participant.city)

    idea = write(consultation, participant=participant, neighbourhood=harbour)

    assert (idea.title, idea.text) == (TITLE, f"{TITLE}\n\n{TEXT}")
    assert (idea.publication_status, idea.language_code) == ("pending", DEFAULT)
    assert (idea.city, idea.neighbourhood) == (participant.city, harbour)
    assert PersonTakingPart.objects.get().participant == participant
    assert tallies.drift(consultation) == []


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"title": " \u200b"}, TitleMissing),
        ({"text": "\n"}, IdeaEmpty),
        ({"title": "x" * (LONGEST_TITLE + 1)}, TextTooLong),
        ({"text": "x" * (LONGEST_IDEA + 1)}, TextTooLong),
    ],
)
def test_an_idea_has_a_title_and_a_text_within_their_limits(values, refusal):
    with pytest.raises(refusal):
        write(**values)


def test_ideas_are_taken_where_they_are_switched_on_and_the_phase_lets_people_propose():
    with pytest.raises(PhaseDoesNotAllow):
        write(make_consultation())
    with pytest.raises(PhaseDoesNotAllow):
        write(taking_ideas(allows=(Act.COMMENT,), slug="only-comments"))
    with pytest.raises(ConsultationClosed):
        write(taking_ideas(closes_in=timedelta(minutes=-1), slug="closed"))
    assert write(taking_ideas(allows=(Act.PROPOSE,), slug="only-ideas")).is_idea


def test_a_neighbourhood_is_one_of_those_the_consultation_is_about():
    alder, puerto = city_pair()
    offered, other = NeighbourhoodFactory(city=alder), NeighbourhoodFactory(city=puerto)

    with pytest.raises(WrongChoice):
        write(taking_ideas(neighbourhoods=[offered]), neighbourhood=other)


def test_the_table_itself_keeps_a_title_that_is_not_the_first_line_out():
    idea = IdeaFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=idea.pk).update(title="Something else")


def test_what_is_much_like_it_is_shown_before_it_is_sent_in_either_language(client):
    idea = IdeaFactory(title=TITLE)
    TranslationFactory(contribution=idea, text=f"{OTHER_TITLE}\n\nCon agua.")
    client, _participant = signed_in()
    form = sent(title=f"{OTHER_TITLE}s", text="Los niños y las niñas beben más agua si la hay.")

    with translation.override(CODES[1]):
        asked = client.post(idea.consultation.write_idea_url, form)
        refused = Contribution.objects.count()
        client.post(idea.consultation.write_idea_url, {**form, "has_seen_similar": "on"})

    assert (asked.status_code, refused) == (422, 1)
    assert [each["title"] for each in asked.context["similar"]] == [OTHER_TITLE]
    assert f'href="/es/consultas/safe-routes-to-school/ideas/{idea.pk}/"' in html(asked)
    assert Contribution.objects.exclude(pk=idea.pk).get().language_code == CODES[1]


@pytest.mark.parametrize("status", [PublicationStatus.PENDING, PublicationStatus.HIDDEN])
def test_nobody_learns_of_an_idea_that_is_not_shown_by_writing_one_like_it(status):
    idea = IdeaFactory(title=TITLE, publication_status=status)
    client, _participant = signed_in()

    answer = client.post(idea.consultation.write_idea_url, sent())

    assert answer.url == idea.consultation.ideas_url


def test_ideas_are_limited_as_proposals_are():
    consultation = taking_ideas()
    client, _participant = signed_in()

    answers = [
        client.post(consultation.write_idea_url, sent(has_seen_similar="on")).status_code
        for _number in range(IDEAS.per_person + 1)
    ]

    assert answers == [302] * IDEAS.per_person + [422]


def test_a_form_that_is_sent_twice_counts_once_and_one_that_is_refused_loses_nothing():
    consultation = taking_ideas()
    client, participant = signed_in()
    form = sent()

    refused = client.post(consultation.write_idea_url, sent(title="", neighbourhood="x"))
    first = client.post(consultation.write_idea_url, form)
    again = client.post(consultation.write_idea_url, form | {"has_seen_similar": "on"})

    assert refused.status_code == 422
    assert TEXT in text_of(refused)
    assert "Give your idea a title." in text_of(refused)
    assert (first.url, again.url) == (consultation.ideas_url,) * 2
    assert participant.contributions.get().title == TITLE
    with pytest.raises(TokenAlreadySpent):
        write(consultation, form_token=form["form_token"], has_seen_similar=True)


def test_a_guest_writes_an_idea_that_counts_once_the_code_is_typed(client):
    consultation = taking_ideas(participation=Participation.OPEN)

    held = client.post(consultation.write_idea_url, sent(**WHO))
    before = Contribution.objects.count()
    client.post(consultation.guest_url, {"code": code_sent()})

    assert (held.url, before) == (consultation.guest_url, 0)
    assert Contribution.objects.get().participant.is_guest


def test_without_ideas_no_word_of_them_is_on_the_page_and_their_addresses_are_not_there(client):
    consultation = make_consultation()

    assert "idea" not in text_of(client.get(consultation.url)).lower().replace("one idea, as", "")
    assert client.get(consultation.ideas_url).status_code == 404
    assert client.get(consultation.write_idea_url).status_code == 404


def test_the_page_of_the_consultation_leads_there_and_asks_for_no_statements_besides(client):
    consultation = taking_ideas()
    page = html(client.get(consultation.url))
    StatementFactory(consultation=consultation)
    with_statements = html(client.get(f"{consultation.url}?fresh=1"))

    assert f'href="{consultation.ideas_url}"' in page
    assert f'<form class="mt-4" action="{consultation.write_idea_url}" method="get">' in page
    assert consultation.propose_url not in page
    assert consultation.propose_url in with_statements


# Other words --------------------------------------------------------------------------------


def test_the_author_corrects_title_and_text_and_moderators_keep_what_stood_there():
    client, participant = signed_in()
    idea = write(participant=participant)

    form = client.get(idea.edit_url).context["form"]
    client.post(
        idea.edit_url,
        {"title": "Two taps", "text": TEXT, "form_token": form["form_token"].value()},
    )

    idea.refresh_from_db()
    assert (form.initial["title"], form.initial["text"]) == (TITLE, TEXT)
    assert (idea.title, idea.text) == ("Two taps", f"Two taps\n\n{TEXT}")
    assert EarlierWording.objects.get().text == f"{TITLE}\n\n{TEXT}"


def test_new_words_for_a_published_idea_wait_with_their_title():
    idea = publish_contribution(write(), by=ResidentFactory(is_superuser=True))

    edit_comment(idea, participant=idea.participant, text=f"Two taps\n\n{TEXT}", form_token=None)

    idea.refresh_from_db()
    assert (idea.title, idea.waiting_text) == (TITLE, f"Two taps\n\n{TEXT}")


def test_a_withdrawn_idea_leaves_the_list_and_its_page_unless_something_was_said_to_it(client):
    quiet = IdeaFactory()
    spoken = IdeaFactory(consultation=quiet.consultation)
    ContributionFactory(consultation=quiet.consultation, parent=spoken, text="Good!")
    Contribution.objects.filter(pk=spoken.pk).update(reply_count=1)
    for idea in (quiet, spoken):
        withdraw_comment(idea, participant=idea.participant)

    page = client.get(spoken.replies_url)

    assert client.get(quiet.replies_url).status_code == 404
    assert titles(client.get(quiet.consultation.ideas_url)) == []
    assert "Good!" in text_of(page)
    assert spoken.title not in text_of(page)


# Support ------------------------------------------------------------------------------------


@pytest.mark.both
def test_support_counts_once_is_undone_and_its_giver_has_taken_part_all_the_same():
    idea, participant = write(), make_participant()
    publish_contribution(idea, by=ResidentFactory(is_superuser=True))

    seen = [
        support_idea(idea, participant=participant, supports=supports).support_count
        for supports in (True, True, False)
    ]

    assert seen == [1, 1, 0]
    assert Support.objects.get().supports is False
    people = PersonTakingPart.objects.values_list("participant", flat=True).order_by("pk")
    assert list(people) == [idea.participant_id, participant.pk]
    assert tallies.recount(idea.consultation) == []
    assert set(people) == {idea.participant_id, participant.pk}


def test_ones_own_idea_a_hidden_one_and_a_closed_consultation_take_no_support():
    idea = IdeaFactory()
    hidden = IdeaFactory(consultation=idea.consultation, publication_status="hidden")

    with pytest.raises(OwnComment):
        support_idea(idea, participant=idea.participant, supports=True)
    with pytest.raises(CommentNotThere):
        support_idea(hidden, participant=make_participant(), supports=True)
    close(idea.consultation)
    with pytest.raises(ConsultationClosed):
        support_idea(idea, participant=make_participant(), supports=True)


def test_one_press_supports_from_the_list_and_leads_back_to_it():
    idea = IdeaFactory()
    client, participant = signed_in()
    address = f"{idea.consultation.comment_url}{idea.pk}/support/"

    listed = client.post(address, {"supports": "yes", "list": "order=quiet&//evil"})
    alone = client.post(address, {"supports": ""})

    assert listed.url.startswith(f"{idea.consultation.ideas_url}?order=quiet&")
    assert listed.url.endswith(f"#{idea.anchor}")
    assert alone.url == idea.replies_url
    assert Support.objects.get(participant=participant).supports is False


def test_whoever_supports_on_the_second_page_of_the_list_stays_on_it():
    consultation = taking_ideas()
    oldest, *_later = (IdeaFactory(consultation=consultation) for _number in range(PER_PAGE + 1))
    client, _participant = signed_in()
    page = client.get(f"{consultation.ideas_url}?page=2")
    form = BeautifulSoup(html(page), "html.parser").select_one(f"#{oldest.anchor} form.support")
    given = {field["name"]: field["value"] for field in form.select("input, button")}

    led_to = client.post(form["action"], given).url

    assert led_to == f"{consultation.ideas_url}?page=2#{oldest.anchor}"


def test_readers_learn_of_no_group_under_five_and_cannot_work_one_out(client):
    alder, puerto = city_pair()
    idea = IdeaFactory()
    supporters(idea, 6, alder)
    supporters(idea, 2, puerto)
    of_one_city = IdeaFactory(consultation=idea.consultation)
    supporters(of_one_city, 4, alder)

    page = client.get(idea.replies_url)
    support = page.context["entry"]["support"]
    few = client.get(of_one_city.replies_url).context["entry"]["support"]

    assert few == {"whole": 4, "parts": [], "is_kept_back": False}
    # One of the two is large: it is not small, it is kept back with the other.
    assert "Support by city is not shown yet" in text_of(page)
    assert support == {
        "whole": 8,
        "parts": [{"name": "Alder Bay", "count": None}, {"name": "Puerto Almendro", "count": None}],
        "is_kept_back": True,
    }
