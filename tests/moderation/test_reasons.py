"""The reason something is hidden: chosen or written, told in the author's language."""

import pytest
from django.urls import reverse

from consultations.moderation.enums import STANDARD, HidingReason
from consultations.moderation.forms import ReasonFields
from consultations.moderation.models import Decision, ReasonTemplate
from consultations.moderation.reasons import GivenReason
from consultations.proposals.services import hide_statement
from consultations.refusals import ReasonMissing
from consultations.services import hide_contribution
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES
from tests.consultations.test_moderation import staff
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    in_every_language,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def own_words(**fields):
    columns = {"title_en": "A name", "title_es": "Un nombre"}
    columns |= {"text_en": "You name somebody.", "text_es": "Nombras a alguien."}
    return ReasonTemplate.objects.create(reason="personal_data", **{**columns, **fields})


def test_the_author_reads_the_partnerships_own_words_in_their_language():
    contribution = ContributionFactory(participant=make_participant(language_code="es"))
    given = GivenReason.chosen(f"own:{own_words().pk}", words="La vecina de la línea dos.")

    hide_contribution(contribution, by=ResidentFactory(), reason=given)

    letter = OutgoingMail.objects.get()
    told = "Nombras a alguien.\n\nLa vecina de la línea dos."
    assert contribution.moderation_reason == told
    assert (letter.language_code, told in letter.text) == ("es", True)
    assert Decision.objects.get().reason == HidingReason.PERSONAL_DATA


def test_words_for_everybody_need_no_words_of_the_moderator():
    contribution = ContributionFactory()

    hide_contribution(contribution, by=ResidentFactory(), reason=GivenReason.chosen("spam"))

    assert contribution.moderation_reason == str(STANDARD[HidingReason.SPAM])
    assert Decision.objects.get().reason == "spam"


def test_words_that_are_offered_no_more_stay_and_cannot_be_chosen():
    offered, retired = own_words(), own_words(is_offered=False)

    shown = [str(value) for value, _words in ReasonFields().fields["template"].choices[1][1]]

    assert shown == [f"own:{offered.pk}"]
    assert GivenReason.chosen(f"own:{retired.pk}").in_language("en") == "You name somebody."


def test_without_any_words_nothing_is_hidden():
    contribution = ContributionFactory()

    with pytest.raises(ReasonMissing):
        hide_contribution(contribution, by=ResidentFactory(), reason=GivenReason(words="\u200b"))

    contribution.refresh_from_db()
    assert contribution.publication_status == "published"
    assert not Decision.objects.exists()


def test_a_statement_is_hidden_with_the_same_words():
    statement = StatementFactory(participant=make_participant(), publication_status="pending")

    hide_statement(statement, by=ResidentFactory(), reason=GivenReason.chosen("offensive"))

    statement.refresh_from_db()
    assert statement.moderation_reason == str(STANDARD[HidingReason.OFFENSIVE])
    assert Decision.objects.get().statement == statement


def test_a_choice_that_was_not_offered_is_refused_and_what_was_typed_is_kept():
    contribution = ContributionFactory(publication_status="pending")
    withdrawn = own_words(is_offered=False)
    values = {"decision": "hide", "seen": "pending", "reason": "Typed already."}

    client = staff("Moderators")
    address = reverse("moderation_decision", args=(contribution.pk,))
    answers = [
        client.post(address, {**values, "template": template})
        for template in ("own:999", f"own:{withdrawn.pk}", "nonsense")
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all("Typed already." in answer.content.decode() for answer in answers)


def test_words_for_a_reason_are_written_in_every_language_or_not_at_all():
    client = staff("Moderators")
    values = {"reason": "spam", "is_offered": "on", **in_every_language("title", "Advertising")}
    texts = in_every_language("text", "It sells something.")

    from consultations.moderation.groups import ensure_groups

    ensure_groups()
    half = client.post(reverse("reason_templates:add"), {**values, **texts, f"text_{CODES[1]}": ""})
    whole = client.post(reverse("reason_templates:add"), {**values, **texts})

    assert (half.status_code, whole.status_code) == (200, 302)
    assert ReasonTemplate.objects.get().reason == "spam"


def test_analysts_do_not_keep_the_words_for_reasons():
    assert staff("Analysts").get(reverse("reason_templates:index")).status_code == 302
