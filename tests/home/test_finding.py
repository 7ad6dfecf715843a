"""The search finds what was said and promised, where every reader may read it, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Contribution, Statement
from consultations.official.models import PublishedAnswer
from consultations.official.services import sheet_of
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.models import Translation
from consultations.translations.words_of import digest_of
from home.archive.models import Debrief
from home.committees.models import ContactsPage
from home.search_results import around, marked
from partnership.pages import finding
from partnership.pages.languages import localized
from partnership.pages.words import wanted_of
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.committees import (
    add_meeting,
    make_committee,
    make_contact,
    make_contacts_page,
)
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    in_every_language,
    make_consultation,
    make_participant,
)
from tests.factories.drills import make_action, make_drill, make_observation
from tests.factories.home import make_text
from tests.factories.official import make_answer, make_closed_consultation, sign_and_publish
from tests.factories.protocols import make_protocol, make_version
from tests.factories.roadmap import make_commitment, make_roadmap
from tests.home.test_search import HOSTILE, search

pytestmark = pytest.mark.django_db


def found(query: str, language: str = "en") -> list[tuple[str, int]]:
    return [(each.source.name, each.number) for each in finding.find(query, language=language)]


def told(query: str, language: str = "en") -> finding.Told:
    ((first, *_others),) = [each.told for each in finding.find(query, language=language)]
    return first


def statement(text: str, **fields: Any) -> Statement:
    return StatementFactory(**in_every_language("text", text), **fields)


# What is found -----------------------------------------------------------------------------


@pytest.mark.both
def test_a_promise_is_found_with_its_year_its_cities_and_its_day():
    promise = make_commitment(make_roadmap(2026), title="Two drinking fountains")

    (kind,) = finding.find("drinking fountain", language="en")

    assert (kind.source.name, kind.number) == ("promises", 1)
    assert kind.told[0] == finding.Told(
        title="Two drinking fountains",
        url=promise.get_absolute_url(),
        text="What it means.",
        within="Roadmap 2026",
        cities=(city_pair()[0],),
        day=promise.due_on,
    )
    assert promise.get_absolute_url().endswith("#item-1")


def test_a_statement_leads_to_its_page():
    said = statement("A bench at every bus stop")

    assert told("benches").url == said.get_absolute_url()
    assert told("benches").title == "A bench at every bus stop"


def test_a_comment_is_found_with_the_name_readers_know():
    author = make_participant(name="Amara Lindqvist")
    text = "My stop with a pram has no kerb."
    said = ContributionFactory(text=text, participant=author)
    reply = ContributionFactory(
        text="A pram, too.", parent=said, consultation=said.consultation, is_name_hidden=True
    )

    (kind,) = finding.find("pram", language="en")

    assert [each.title for each in kind.told] == [
        "Comment – A resident of Alder Bay",
        "Comment by Amara L.",
    ]
    assert kind.told[0].url.endswith(f"/{reply.pk}/#comment-{reply.pk}")
    assert [each.cities for each in kind.told] == [(), (said.city,)]


@pytest.mark.both
def test_answers_of_the_cities_are_found_on_their_page_of_them():
    consultation = make_closed_consultation()
    for _number in range(21):
        make_answer(
            consultation,
            statement=StatementFactory(consultation=consultation),
            **in_every_language("text", "The driver waits."),
        )
    sign_and_publish(sheet_of(consultation))
    last = PublishedAnswer.objects.order_by("answer").last()

    (kind,) = finding.find("drivers", language="en")

    assert (kind.number, len(kind.told)) == (21, finding.FEW)
    assert kind.told[0].url.endswith(f"?page=2#answer-{last.answer_id}")
    assert kind.told[-1].url.endswith(f"#answer-{last.answer_id - 4}")
    assert "page" not in kind.told[-1].url


def test_a_lesson_leads_to_what_it_was_learned_from():
    debrief = make_debrief()
    add_lesson(debrief, "Bring an adapter box.")

    assert found("adapter boxes") == [("lessons", 1)]
    assert told("adapter").url == f"{debrief.event.get_url()}#debrief"
    assert told("adapter").within == debrief.event.title


@pytest.mark.both
def test_what_a_drill_showed_leads_to_what_is_done_about_it():
    drill = make_drill()
    seen = make_observation(drill, "The couplings did not fit.")
    make_observation(drill, "Both couplings were clean.")
    action = make_action(seen, due=date(2026, 6, 1), **in_every_language("text", "Carry adapters"))

    (kind,) = finding.find("coupling", language="en")

    assert told("adapter").url == f"{drill.get_url()}#action-{action.pk}"
    assert [each.title for each in kind.told] == ["Carry adapters", "Both couplings were clean."]
    assert kind.told[0].text == "The couplings did not fit."
    assert kind.told[1].url == f"{drill.get_url()}#review"


def test_no_kind_takes_the_name_of_another():
    there = finding.sources()[0]

    with pytest.raises(ImproperlyConfigured):
        finding.register(replace(there, heading="Other"), order=1)


# What is not -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(set(PublicationStatus) - {PublicationStatus.PUBLISHED}))
def test_nothing_is_found_that_readers_do_not_see(status):
    ContributionFactory(text="zebra", publication_status=status)
    statement("zebra", publication_status=status)

    assert found("zebra") == []


def test_a_reply_to_what_is_hidden_is_not_found():
    thread = ContributionFactory()
    ContributionFactory(text="zebra", parent=thread, consultation=thread.consultation)
    before = found("zebra")
    Contribution.objects.filter(pk=thread.pk).update(publication_status=PublicationStatus.HIDDEN)

    assert (before, found("zebra")) == ([("comments", 1)], [])


def words_everywhere() -> list[Any]:
    """One of each kind that says zebra; return the pages they stand on."""
    consultation, debrief = make_closed_consultation(), make_debrief()
    add_lesson(debrief, "zebra")
    ContributionFactory(consultation=consultation, text="zebra")
    said = statement("zebra", consultation=consultation)
    make_answer(consultation, statement=said, **in_every_language("text", "zebra"))
    sign_and_publish(sheet_of(consultation))
    drill = make_drill()
    make_observation(drill, "zebra")
    committee = make_committee()
    add_meeting(committee, "zebra")
    make_contact("zebra")
    in_charge = [committee, ContactsPage.objects.first() or make_contacts_page()]
    protocol = make_protocol()
    make_version(protocol, "zebra")
    roadmap = make_commitment(title="zebra").roadmap
    return [consultation, roadmap, debrief.event, protocol, drill, *in_charge]


ALL_KINDS = [
    *("promises", "statements", "comments", "answers", "decisions", "lessons", "steps", "reviews"),
    "contacts",
]


@pytest.mark.both
def test_what_readers_of_its_page_do_not_see_is_not_found():
    pages = words_everywhere()

    assert [name for name, _number in found("zebra")] == ALL_KINDS
    with taken_back():
        for page in pages:
            PageViewRestriction.objects.create(page_id=page.pk, restriction_type="login")
        assert found("zebra") == [], "on a restricted page"
    with taken_back():
        for page in pages:
            type(page).objects.filter(pk=page.pk).update(live=False)
        Debrief.objects.update(is_published=False)
        assert found("zebra") == [], "on a page that is not published"
    with taken_back():
        PublishedAnswer.objects.update(replaced_at=timezone.now())
        assert "answers" not in dict(found("zebra")), "a replaced answer"
    with taken_back():
        ConsultationPage.objects.update(closes_at=timezone.now() + timedelta(days=1))
        assert "answers" not in dict(found("zebra")), "an answer before the close"


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# In which language -------------------------------------------------------------------------


@pytest.mark.both
def test_each_language_finds_the_words_readers_of_it_get():
    ContributionFactory(text="La acera es estrecha.", language_code="es")
    StatementFactory(text_en="Wider pavements", text_es="Aceras más anchas")

    assert found("acera", "es") == [("statements", 1), ("comments", 1)]
    assert found("acera", "en") == []
    assert found("pavement", "es") == []


def translated(**fields: Any) -> Translation:
    said = ContributionFactory(text="La acera es estrecha.", language_code="es")
    values = {
        "language_code": "en",
        "text": "The pavement is narrow.",
        "origin": Origin.STAFF,
        "source_digest": digest_of(said),
        "status": TranslationStatus.ACCEPTED,
        **fields,
    }
    return Translation.objects.create(contribution=said, **values)


@pytest.mark.both
def test_an_accepted_translation_is_found_and_shown():
    translated()

    assert told("pavements").text == "The pavement is narrow."
    assert found("pavement", "es") == []


@pytest.mark.both
@pytest.mark.parametrize(
    "fields", [{"status": TranslationStatus.PROPOSED}, {"source_digest": "of other words"}]
)
def test_a_translation_nobody_is_shown_is_not_found(fields):
    translated(**fields)

    assert found("pavement") == []


@pytest.mark.both
def test_capitals_accents_and_number_make_no_difference():
    ContributionFactory(text="Río, Ri\u0301o: ÁRBOL Straße over-Łódź", language_code="es")

    queries = ("rio", "RÍO", "rios", "Arbol río", "strasse", "¿río?", "lodz", '"over" (árboles)')
    assert [query for query in queries if found(query, "es") != [("comments", 1)]] == []


@pytest.mark.both
def test_parts_of_words_are_not_found():
    ContributionFactory(text="Río, árbol, estación_del_norte", language_code="es")

    queries = ("ri", "bole", "arb", "río nada", "o")
    assert [query for query in queries if found(query, "es")] == []


@pytest.mark.both
def test_nothing_that_is_typed_breaks_it_or_finds_everything(client):
    make_text("About us")
    ContributionFactory(text="zebra")

    others = ("⑴ ⒈ ½ ﷺ", "\\m \\y [[:alpha:]]", ".*", "a|b", "$")
    assert [query for query in others if search(client, query).status_code != 200] == []
    assert [query for query in (*HOSTILE, *others) if found(query)] == []


# The page ----------------------------------------------------------------------------------


def test_pages_come_first_and_then_a_few_of_each_kind(client, indexed):
    make_text("Zebra crossings")
    consultation = make_consultation()
    for number in range(7):
        ContributionFactory(text=f"<b>Zebra</b> {number}", consultation=consultation)

    text = search(client, "zebra").content.decode()

    assert "1 page found" in text
    assert text.index("<mark>Zebra</mark> crossings</a>") < text.index('id="found-comments"')
    assert '<span class="muted">(7)</span>' in text
    assert text.count("&lt;b&gt;<mark>Zebra</mark>&lt;/b&gt;") == finding.FEW
    assert 'href="?q=zebra&amp;in=comments"' in text


def test_all_of_a_kind_have_pages_of_their_own(client):
    consultation = make_consultation()
    for number in range(12):
        ContributionFactory(text=f"Zebra {number}", consultation=consultation)

    second = search(client, "zebra", **{"in": "comments", "page": "2"}).content.decode()
    no_kind = search(client, "zebra", **{"in": "secrets"}).content.decode()

    assert second.count('class="found"') == 2
    assert "q=zebra&amp;in=comments&amp;page=1" in second
    assert "What people wrote: 12" in second
    assert no_kind.count('class="found"') == finding.FEW


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_results_costs_the_same_however_much_is_found(
    client, indexed, django_assert_num_queries, number
):
    make_text("Zebra")
    for _each in range(number):
        words_everywhere()
    search(client, "nothing")

    with django_assert_num_queries(15):
        text = search(client, "zebra").content.decode()

    assert all(f'id="found-{name}"' in text for name in ALL_KINDS[: finding.KINDS_SHOWN])
    assert all(f"in={name}" in text for name in ALL_KINDS[finding.KINDS_SHOWN :])


def test_a_long_text_is_cut_around_the_first_word():
    text = f"{'before ' * 60}zebra {'after ' * 60}"

    cut = around(text, wanted_of("zebra", "en"))

    assert cut.startswith("… before")
    assert cut.endswith("after …")
    assert "zebra" in cut
    assert len(cut) < 270
    assert around("A zebra.", wanted_of("zebra", "en")) == "A zebra."


def test_every_form_of_a_word_is_marked_and_nothing_else():
    words = wanted_of("niño", "es")

    assert marked("<Niños>, NIÑO y niñez", words) == (
        "&lt;<mark>Niños</mark>&gt;, <mark>NIÑO</mark> y niñez"
    )


def test_a_title_that_stands_in_from_another_language_keeps_its_mark(client):
    make_commitment(
        **{localized("title", "es"): "Fuentes", localized("title", "en"): ""},
        description_en="A zebra by the sea",
    )

    text = search(client, "zebra").content.decode()

    assert '<span lang="es" dir="ltr">Fuentes</span>' in text


def test_beyond_so_many_kinds_what_was_found_is_counted_and_leads_further(
    client, indexed, monkeypatch
):
    monkeypatch.setattr(finding, "KINDS_SHOWN", 2)
    words_everywhere()

    text = search(client, "zebra").content.decode()
    shown, behind = ALL_KINDS[:2], ALL_KINDS[2:]

    assert [f'id="found-{name}"' in text for name in ALL_KINDS] == [True] * 2 + [False] * len(
        behind
    )
    assert all(f'href="#found-{name}"' in text for name in shown)
    assert all(f'href="?q=zebra&amp;in={name}"' in text for name in behind)
