"""What readers see of live questions: in turns, in every language, during and after."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from events.enums import EventStatus
from events.models import EventPage
from events.questions.presenting import support_of
from events.questions.turns import in_turns
from partnership.pages.finding import find
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language
from tests.factories.live_questions import add_support, close, make_question
from tests.factories.reports import make_report

pytestmark = pytest.mark.django_db

PAGE, SPANISH = "/en/events/quay-day/questions/", "/es/eventos/quay-day/preguntas/"


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# The order -------------------------------------------------------------------------------------


@pytest.mark.both
def test_a_full_hall_does_not_drown_a_small_one(time):
    alder, puerto = city_pair()
    loud = [make_question(time, f"Loud {number}", city=alder) for number in (1, 2, 3)]
    quiet = [make_question(time, f"Quiet {number}", city=puerto) for number in (1, 2)]
    shared, far = make_question(time, "Shared"), make_question(time, "From elsewhere")
    for question, from_alder, from_puerto in (
        *((question, 90 - 10 * number, 0) for number, question in enumerate(loud)),
        (quiet[0], 0, 2),
        (quiet[1], 5, 1),
        (shared, 3, 3),
    ):
        add_support(question, alder, from_alder)
        add_support(question, puerto, from_puerto)
    add_support(far, None, 50)

    ordered = in_turns(time.questions.all(), support_of(time.questions.all()))

    assert [question.text for question in ordered] == [
        *("Loud 1", "Shared"),
        *("Loud 2", "Quiet 1"),
        *("Loud 3", "Quiet 2"),
        "From elsewhere",
    ]


# The page --------------------------------------------------------------------------------------


def test_a_question_is_read_in_ones_language_with_the_original_behind_it(client, time):
    make_question(time, "Where is shade?", rendering_es="¿Dónde hay sombra?")
    make_question(time, "Only in English?")

    english = client.get(PAGE).content.decode()
    spanish = client.get(SPANISH).content.decode()

    assert '<p class="lead" dir="auto">Where is shade?</p>' in english
    assert '<p class="lead" dir="auto">¿Dónde hay sombra?</p>' in spanish
    assert '<blockquote dir="auto" lang="en"><p>Where is shade?</p></blockquote>' in spanish
    assert '<p class="lead" lang="en" dir="auto">Only in English?</p>' in spanish
    assert "Traducido del inglés" in spanish


def test_nobody_reads_what_waits_or_is_hidden_or_what_the_code_is(client, time):
    make_question(time, "Waiting?", publication_status="pending")
    make_question(time, "Hidden?", publication_status="hidden", hiding_reason="spam")

    for address in (PAGE, f"{PAGE}wall/", f"{PAGE}wall/?renew=1"):
        shown = client.get(address).content.decode()
        assert ("Waiting?" in shown, "Hidden?" in shown) == (False, False)
        assert (time.code in shown, time.code_in_groups in shown) == (False, False)


def test_without_a_session_the_page_is_kept_and_sets_none(client, time):
    make_question(time, "Before?")

    first = client.get(PAGE)

    assert (first.cookies, "csrfmiddlewaretoken" in first.content.decode()) == ({}, False)
    assert "ETag" in first
    assert f'href="{PAGE}come-in/"' in first.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(
    client, time, django_assert_num_queries, many
):
    for number in range(many):
        add_support(make_question(time, f"Question {number}?", city=city_pair()[0]), None)
        make_question(time, f"Answered {number}?", answered_at=timezone.now())
    client.get("/en/")

    with django_assert_num_queries(10):
        client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(f"{PAGE}wall/")


def test_the_event_leads_there_and_one_without_questions_says_no_word(client, time):
    page = time.event.url_in("en")

    shown = client.get(page).content.decode()
    assert f'href="{PAGE}"' in shown
    assert re.search(f'on-paper">On the web: [^ /]+{PAGE.rstrip("/")}</p>', shown)
    EventPage.objects.update(event_status=EventStatus.CANCELLED)
    assert "Live questions" not in text_of(Client().get(f"{page}?again"))
    time.delete()
    assert "Live questions" not in text_of(Client().get(f"{page}?once-more"))
    assert client.get(PAGE).status_code == 404


def test_afterwards_questions_and_answers_stay_in_every_language(client, time):
    long_ago = timezone.now() - timedelta(days=1)
    EventPage.objects.update(starts_at=long_ago, ends_at=timezone.now())
    words = {"answer_en": "At the gate.", "answer_es": "En la puerta."}
    make_question(time, answered_at=timezone.now(), **words)
    make_report(time.event)
    close(time)

    english, spanish = client.get(PAGE), client.get(SPANISH)
    report = client.get(time.event.url_in("es")).content.decode()

    assert "At the gate." in text_of(english)
    assert "En la puerta." in text_of(spanish)
    assert "The questions are closed." in text_of(english)
    assert "Send the question" not in text_of(english)
    assert f'<a class="btn btn-quiet" href="{SPANISH}">' in report[report.index('id="report"') :]


# The wall --------------------------------------------------------------------------------------


def test_nothing_is_up_next_on_a_wall_once_the_questions_are_closed(client, time):
    make_question(time)
    opened = text_of(client.get(f"{PAGE}wall/"))
    close(time)

    closed = text_of(client.get(f"{PAGE}wall/"))

    assert "Up next" in opened
    assert "Up next" not in closed
    assert "Not answered yet" in closed


def test_the_wall_shows_every_language_and_renews_only_when_asked(client, time):
    make_question(time, "Now?", rendering_es="¿Ahora?", taken_at=timezone.now())
    make_question(time, "Next?")

    still, renewing = client.get(f"{PAGE}wall/"), client.get(f"{PAGE}wall/?renew=1")

    shown = still.content.decode()
    assert '<p class="wall-words" lang="en" dir="auto">Now?</p>' in shown
    assert '<p class="wall-words" lang="es" dir="auto">¿Ahora?</p>' in shown
    assert '<p lang="en" dir="auto">Next?</p>' in shown
    assert ("Refresh" in still, renewing["Refresh"]) == (False, "20")
    assert 'href="?renew=1"' in shown
    assert '<a href="?">Stop that</a>' in renewing.content.decode()


def test_everybodys_wall_says_where_to_ask_and_keeps_the_code(client, time, settings):
    settings.BASE_URL = "https://bridge.example"

    opened = client.get(f"{PAGE}wall/").content.decode()
    close(time)
    closed = client.get(f"{PAGE}wall/?again").content.decode()

    for address in (PAGE, SPANISH):
        assert f"bridge.example{address.rstrip('/')}</b>" in opened
        assert f"bridge.example{address.rstrip('/')}</b>" not in closed
    assert opened.count('<svg role="img"') == 1
    assert (time.code in opened, time.code_in_groups in opened) == (False, False)
    assert "/q/" not in opened
    assert '<svg role="img"' not in closed


# The search ------------------------------------------------------------------------------------


@pytest.mark.both
def test_the_search_finds_questions_and_answers_once_they_are_closed(time):
    words = in_every_language("answer", "Along the quay, under the almonds.")
    make_question(time, "Where do bicycles go?", rendering_es="¿Por dónde van las bicis?", **words)
    make_question(time, "Bicycles again?", publication_status="pending")

    def found(query, language):
        with translation.override(language):
            kinds = {each.source.name: each for each in find(query, language=language)}
            return [told.title for told in kinds["live-questions"].told] if kinds else []

    assert found("bicycles", "en") == []
    close(time)
    assert found("bicycles", "en") == ["Where do bicycles go?"]
    assert found("bicis", "es") == ["¿Por dónde van las bicis?"]
    assert found("almonds", "en") == ["Where do bicycles go?"]
