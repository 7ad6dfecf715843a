"""What strangers type into reports and appeals, and moderators into reasons: kept or refused."""

import pytest
from django.core import signing
from django.urls import reverse

from consultations.admin.decisions import BulkForm, DecisionForm
from consultations.admin.queue_filters import QueueFilters
from consultations.conversation.forms import ReportForm
from consultations.enums import PublicationStatus
from consultations.models import Contribution
from consultations.moderation.forms import AppealForm, JudgeForm, RemovalForm
from consultations.moderation.models import Appeal, Decision
from consultations.moderation.services.appeals import APPEAL, appeal
from partnership.people.tokens import issue
from tests.factories.consultations import make_consultation, make_participant
from tests.factories.hostile import KINDS, STRINGS, each_alone, harmless, raw, read_by
from tests.factories.moderation import make_hidden, make_moderator

pytestmark = pytest.mark.django_db

#: What a choice of reasons or a ticked box may be taken for, beside everything else.
CHOICES = (
    *("own:", "own:1", "own:-1", "own:9" + "9" * 30, "own:x", "own:١", "SPAM", "spam ", ":"),
    *("contribution:", "contribution:1:hidden", "statement:1:pending:x:y", "resident:1:published"),
)
HOSTILE = (*STRINGS, *CHOICES)
#: One in three of those, and one of every kind, for what goes through to pages.
STORED = (*KINDS, *STRINGS[len(KINDS) :: 3], *CHOICES[::3])


def test_every_form_of_moderation_takes_anything(cities):
    moderator = make_moderator(cities[0])
    for text in HOSTILE:
        forms = (
            QueueFilters(dict.fromkeys(QueueFilters.base_fields, text), moderator=moderator),
            DecisionForm(dict.fromkeys(DecisionForm.base_fields, text), templates=[]),
            BulkForm({"decision": text, "template": text, "reason": text}, chosen=[text]),
            ReportForm({"reason": text, "note": text}),
            RemovalForm({"reason": text}),
        )
        for form in forms:
            assert read_by(form), text


def test_reasons_and_answers_are_kept_or_refused_and_shown_as_typed(client, cities):
    first, second = make_moderator(cities[0]), make_moderator(cities[1])
    consultation, author = make_consultation(), make_participant()
    shared = {"consultation": consultation, "participant": author}
    for number, text in enumerate(STORED):
        reason = DecisionForm(
            {"decision": "hide", "seen": "published", "reason": text}, templates=[]
        )
        told = reason.given if reason.is_valid() and not reason.given.is_missing else "No."
        _comment, decision = make_hidden(first, told, text=f"Comment {number}", **shared)
        form = AppealForm({"text": text, "form_token": issue(APPEAL)})
        if form.is_valid():
            words = form.cleaned_data["text"]
            made = appeal(decision, text=words, language_code="en", form_token=None)
            answer = JudgeForm({"decision": "turn_down", "answer": text})
            assert not answer.is_valid() or answer.decide(made, by=second) or answer.errors

    client.force_login(second)
    addresses = [
        *(f"{reverse('moderation_queue')}?status=hidden&p={page}" for page in (1, 2, 3)),
        *(f"{reverse('appeals')}?p={page}" for page in (1, 2)),
        reverse("moderation_log"),
    ]
    pages = [client.get(address) for address in addresses]
    client.force_login(author.resident)
    pages.append(client.get(reverse("my_participation")))

    assert Decision.objects.filter(outcome="hidden").count() == len(STORED)
    assert Appeal.objects.exclude(outcome="").count() > 50
    assert "&lt;script&gt;alert(1)" in "".join(page.content.decode() for page in pages)
    assert all(harmless(page) for page in pages)


@pytest.mark.both
def test_the_page_of_an_appeal_takes_anything(client, cities):
    _comment, decision = make_hidden(make_moderator(cities[0]))
    address = reverse("appeal_by_link", args=(signing.dumps(decision.pk, salt=APPEAL),))

    for text in each_alone(KINDS):
        response = client.post(address, {"text": raw(text), "form_token": issue(APPEAL)})

        assert response.status_code in {302, 422}, repr(text)
        assert harmless(response)


@pytest.mark.parametrize("name", ["appeal", "judge", "removal", "together", "queue"])
def test_every_door_takes_anything(client, cities, name):
    moderator, judge = make_moderator(cities[0]), make_moderator(cities[1])
    comment, decision = make_hidden(moderator)
    made = appeal(decision, text="No.", language_code="en", form_token=None)
    client.force_login(judge)
    doors = {
        "judge": (reverse("appeal_decision", args=(made.pk,)), ("decision", "answer")),
        "removal": (reverse("removal_asked", args=("comment", comment.pk)), ("reason", "next")),
        "together": (
            reverse("moderation_together"),
            ("chosen", "decision", "template", "reason", "next"),
        ),
        "queue": (reverse("moderation_queue"), (*QueueFilters.base_fields, "p")),
        "appeal": ("", ()),
    }
    address, names = doors[name]

    for text in (*KINDS[::3], *CHOICES[::3]):
        if name == "appeal":
            key = "".join(letter for letter in text if letter.isascii() and letter.isprintable())
            response = client.get(f"/en/consultations/moderation/appeal/{key[:60]}/")
        else:
            send = client.get if name == "queue" else client.post
            response = send(address, dict.fromkeys(names, raw(text)))

        assert harmless(response)
    assert Contribution.objects.get(pk=comment.pk).publication_status == PublicationStatus.HIDDEN
