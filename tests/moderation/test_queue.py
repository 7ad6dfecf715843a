"""One queue for comments and statements in every language: what is found, decided together."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from consultations.conversation.services import report_comment
from consultations.models import Contribution, Statement
from consultations.moderation.models import Decision
from consultations.services import hide_contribution
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES, DEFAULT, localized
from tests.consultations.test_moderation import staff, waiting
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def proposed(text="A statement.", **fields):
    values = {"participant": make_participant(), "publication_status": "pending"}
    return StatementFactory(**{localized("text", DEFAULT): text, **values, **fields})


def mark(thing, seen=""):
    words = getattr(thing, "words_digest", "")
    return f"{thing._meta.model_name}:{thing.pk}:{seen or thing.publication_status}:{words}"


def together(client, *marks, **values):
    return client.post(reverse("moderation_together"), {"chosen": marks, **values})


# What is found ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["One.", "Two.", "Three.", "Five."]),
        ({"kind": "comment"}, ["One.", "Two."]),
        ({"kind": "reply"}, ["Three."]),
        ({"kind": "new_words"}, ["Four."]),
        ({"kind": "statement"}, ["Five."]),
        ({"city": "puerto"}, ["Two."]),
        ({"city": "elsewhere"}, ["Five."]),
        ({"age": "3"}, ["Two."]),
        ({"status": "reported"}, ["Six."]),
        ({"city": "x", "kind": "x", "age": "x"}, ["One.", "Two.", "Three.", "Five."]),
    ],
)
def test_it_is_narrowed_by_kind_city_age_and_reports(query, expected):
    _alder, puerto = city_pair()
    first = waiting(text="One.")
    shared = {"consultation": first.consultation, "participant": first.participant}
    old = timezone.now() - timedelta(days=4)
    waiting(text="Two.", city=puerto, created_at=old, **shared)
    waiting(text="Three.", parent=ContributionFactory(text="Parent.", **shared), **shared)
    if query.get("kind") == "new_words":
        ContributionFactory(text="Four.", waiting_text="New.", **shared)
    proposed("Five.", consultation=first.consultation, city=None)
    six = ContributionFactory(text="Six.", **shared)
    report_comment(six, participant=make_participant(), reason="spam", form_token=None)

    page = staff("Moderators").get(reverse("moderation_queue"), query).content.decode()

    texts = ("One.", "Two.", "Three.", "Four.", "Five.", "Six.")
    assert [text for text in texts if f"<p>{text}</p>" in page or f">{text}</h2>" in page] == (
        expected
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, ">Narrow down</summary>"),
        ({"status": "pending", "city": "x"}, ">Narrow down</summary>"),
        (
            {"city": "puerto", "age": "3", "status": "reported"},
            ": City: Puerto Almendro · State: reported · There for: more than three days",
        ),
    ],
)
def test_the_folded_filters_say_what_is_asked_for(query, told):
    city_pair()

    page = staff("Moderators").get(reverse("moderation_queue"), query).content.decode()

    assert told in page


def test_a_card_shows_what_was_reported_and_what_stood_there_before():
    contribution = ContributionFactory(text="As it is.")
    contribution.earlier_wordings.create(text="As it was.")
    for note, settled_at in (("A note.", None), ("Looked at.", timezone.now())):
        contribution.reports.create(
            participant=make_participant(), reason="spam", note=note, settled_at=settled_at
        )

    query = {"status": "reported"}
    page = staff("Moderators").get(reverse("moderation_queue"), query).content.decode()

    shown = [words for words in ("A note.", "Looked at.", "As it was.") if words in page]
    assert shown == ["A note.", "As it was."]


@pytest.mark.both
def test_comments_and_statements_stand_in_one_list_by_the_time_they_wait():
    now = timezone.now()
    consultation = make_consultation()
    waiting(text="Second.", consultation=consultation, created_at=now - timedelta(hours=2))
    statement = proposed("First.", consultation=consultation)
    Statement.objects.filter(pk=statement.pk).update(created_at=now - timedelta(hours=3))
    waiting(text="Third.", consultation=consultation, created_at=now - timedelta(hours=1))

    page = staff("Moderators").get(reverse("moderation_queue")).content.decode()

    assert page.index("First.") < page.index("Second.") < page.index("Third.")


def test_several_of_each_stay_within_its_queries(django_assert_max_num_queries):
    number = 3
    consultation, author = make_consultation(), make_participant()
    for place in range(number):
        comment = waiting(text=f"W{place}.", consultation=consultation, participant=author)
        comment.reports.create(participant=make_participant(), reason="spam")
        proposed(f"S{place}.", consultation=consultation, participant=author)
    client = staff("Moderators")
    client.get(reverse("moderation_queue"))

    with django_assert_max_num_queries(21):
        page = client.get(reverse("moderation_queue")).content.decode()

    assert page.count("data-card") == 2 * number


# Decided together ------------------------------------------------------------------------------


def test_several_are_hidden_with_one_reason_and_each_author_is_told_in_their_language():
    first = waiting(language_code="es", participant=make_participant(language_code="es"))
    others = [waiting(consultation=first.consultation), proposed(consultation=first.consultation)]
    marks = [mark(thing) for thing in (first, *others)]

    done = together(staff("Moderators"), *marks, decision="hide", template="spam")

    letters = OutgoingMail.objects.order_by("pk")
    assert done.status_code == 302
    assert [letter.language_code for letter in letters] == ["es", "en", "en"]
    assert Decision.objects.filter(outcome="hidden", reason="spam").count() == 3


def test_the_buttons_for_what_is_ticked_stay_at_the_foot_and_send_the_same_form():
    contribution = waiting()
    client = staff("Moderators")

    page = BeautifulSoup(client.get(reverse("moderation_queue")).content, "html.parser")

    (bar,) = page.select("[data-queue] > .ticked")
    buttons = bar.find_all("button")
    assert {button["form"] for button in buttons} == {page.select_one("#together")["id"]}
    assert [button["value"] for button in buttons] == ["publish", "keep", "hide"]
    assert any(link["href"].endswith("css/admin/queue.css") for link in page.find_all("link"))
    # Only a script can tick all of them, so that nobody without one meets a box that does nothing.
    assert page.select_one("[data-tick-all]").has_attr("hidden")
    assert page.select_one("[data-tick]")["value"] == mark(contribution)


def test_nothing_to_decide_shows_no_buttons_for_what_is_ticked():
    page = staff("Moderators").get(reverse("moderation_queue")).content.decode()

    assert 'class="ticked"' not in page
    assert "data-tick-all" not in page


def test_what_somebody_else_decided_stays_ticked_and_the_rest_is_done():
    first, second = waiting(), waiting()
    marks = [mark(first), mark(second)]
    hide_contribution(first, by=ResidentFactory(), reason="No.")

    response = together(staff("Moderators"), *marks, decision="publish", reason="Typed already.")

    page = response.content.decode()
    second.refresh_from_db()
    assert (response.status_code, second.publication_status) == (422, "published")
    assert "Somebody else has decided about this in the meantime." in page
    assert "Typed already." in page


@pytest.mark.parametrize(
    ("chosen", "values", "sentence"),
    [
        (False, {"decision": "publish"}, "Tick what you want to decide about."),
        (True, {}, "Choose what becomes of them."),
        (True, {"decision": "burn"}, "Choose what becomes of them."),
        (True, {"decision": "hide"}, "Write the reason, or choose one"),
        (True, {"decision": "keep"}, "Nobody sees it yet: publish it or hide it."),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_ticked(chosen, values, sentence):
    contribution = waiting()
    marks = [mark(contribution)] if chosen else []

    response = together(staff("Moderators"), *marks, **values)

    page = response.content.decode()
    contribution.refresh_from_db()
    assert response.status_code == 422
    assert sentence in page
    assert (f'value="{mark(contribution)}" form="together" data-tick checked' in page) is chosen
    assert contribution.publication_status == "pending"


def test_what_is_missing_or_too_much_is_said_once_and_not_by_each_of_them():
    contribution = waiting()
    client = staff("Moderators")

    without_reason = together(client, mark(contribution), decision="hide").context["bulk"]
    too_many = together(client, *[mark(contribution)] * 21, decision="publish").context["bulk"]

    assert list(without_reason.errors) == ["reason"]
    assert too_many.errors["__all__"] == ["At most 20 at once."]
    contribution.refresh_from_db()
    assert contribution.publication_status == "pending"


@pytest.mark.parametrize(("decision", "shown"), [("pass", "New words."), ("keep", "First.")])
def test_new_words_are_passed_or_kept_back_as_they_were_read(decision, shown):
    contribution = ContributionFactory(text="First.", waiting_text="New words.")
    client = staff("Moderators")
    address = reverse("moderation_decision", args=(contribution.pk,))
    form = {"decision": decision, "seen": "published", "reason": "It names somebody."}

    stale = client.post(address, {**form, "seen_words": "others"})
    contribution.refresh_from_db()
    assert (stale.status_code, contribution.waiting_text) == (422, "New words.")
    done = client.post(address, {**form, "seen_words": contribution.words_digest})

    contribution.refresh_from_db()
    assert (done.status_code, contribution.text, contribution.waiting_text) == (302, shown, "")


def test_words_that_were_changed_after_they_were_read_are_read_again():
    contribution = waiting(text="Kind.")
    client = staff("Moderators")
    one, mark_as_read = reverse("moderation_decision", args=(contribution.pk,)), mark(contribution)
    as_read = {"seen": "pending", "seen_words": contribution.words_digest}
    Contribution.objects.update(text="An insult.")

    answers = [
        client.post(one, {**as_read, "decision": "publish"}),
        client.post(one, {**as_read, "decision": "hide", "reason": "It is rude."}),
        together(client, mark_as_read, decision="publish"),
    ]

    contribution.refresh_from_db()
    assert contribution.publication_status == "pending"
    for answer in answers:
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert "The words were changed after you read them." in shown
        assert "An insult." in shown
    card = answers[0].content.decode()
    assert f'name="seen_words" value="{contribution.words_digest}"' in card


def test_a_statement_without_its_translation_is_not_published_together():
    statement = proposed(**{localized("text", CODES[1]): ""})

    response = together(staff("Moderators"), mark(statement), decision="publish")

    assert response.status_code == 422
    assert "Write it in this language too" in response.content.decode()


def test_reported_ones_are_left_as_they_are_together():
    contribution = ContributionFactory()
    report_comment(contribution, participant=make_participant(), reason="spam", form_token=None)

    done = together(staff("Moderators"), mark(contribution), decision="keep")

    assert done.status_code == 302
    assert not Contribution.objects.reported().exists()


def test_new_words_that_nobody_has_seen_are_not_decided_together():
    contribution = ContributionFactory()
    seen = mark(contribution)
    Contribution.objects.update(waiting_text="New words.")

    response = together(staff("Moderators"), seen, decision="keep", reason="No.")

    contribution.refresh_from_db()
    assert (response.status_code, contribution.waiting_text) == (422, "New words.")


def test_another_city_s_words_and_nonsense_are_left_alone():
    alder, puerto = city_pair()
    theirs = waiting(consultation=make_consultation(cities=[puerto]))
    marks = [mark(theirs), "contribution:x:pending:", "resident:1:pending:", "", f"{'9' * 40}:1"]

    response = together(staff("Moderators", alder), *marks, decision="publish")

    theirs.refresh_from_db()
    assert (response.status_code, theirs.publication_status) == (422, "pending")


@pytest.mark.parametrize("group", ["Editors", "Analysts"])
def test_others_decide_nothing_together(group):
    contribution = waiting()

    response = together(staff(group), mark(contribution), decision="publish")

    contribution.refresh_from_db()
    assert (response.status_code, contribution.publication_status) == (302, "pending")


def test_no_door_of_moderation_takes_other_words_for_a_comment():
    contribution = waiting(text="As it was written.")
    client = staff("Moderators")
    values = {"text": "Other.", f"text_{DEFAULT}": "Other.", "waiting_text": "Other."}

    client.post(
        reverse("moderation_decision", args=(contribution.pk,)),
        {
            "decision": "publish",
            "seen": "pending",
            "seen_words": contribution.words_digest,
            **values,
        },
    )
    together(client, mark(contribution), decision="publish", **values)

    contribution.refresh_from_db()
    assert (contribution.text, contribution.waiting_text) == ("As it was written.", "")
