"""What strangers may send as a translation: kept as words, shown as words, on both databases."""

import pytest
from django.urls import reverse

from consultations.translations.models import Translation
from consultations.translations.services import PROPOSE
from consultations.translations.words_of import digest_of
from partnership.people.text_fields import BIDI_CONTROLS, CONTROLS, UNSTORABLE
from partnership.people.tokens import issue
from tests.consultations.test_moderation import staff
from tests.consultations.test_pages import signed_in
from tests.factories.consultations import ContributionFactory
from tests.factories.hostile import (
    FOR_DATABASES,
    KINDS,
    SCRIPT,
    STRINGS,
    WORST,
    each_alone,
    harmless,
    raw,
    send,
)
from tests.factories.translations import TranslationFactory, proposal

pytestmark = pytest.mark.django_db

DECISION = ("decision", "seen", "text", "reason")


def harm_in(text):
    return [harm for harm in (BIDI_CONTROLS, CONTROLS, UNSTORABLE) if harm.search(text)]


@pytest.mark.both
def test_every_field_takes_anything():
    contribution, waiting = ContributionFactory(), proposal()
    client, _participant = signed_in(contribution.participant)
    moderator = staff("Moderators")
    seen, pk = {"seen": digest_of(contribution)}, (contribution.pk,)
    translate = reverse("translate_comment", args=(contribution.consultation.slug, *pk))
    box, decision = (
        reverse("staff_translation", args=pk),
        reverse("translation_decision", args=(waiting.pk,)),
    )

    for text in each_alone(KINDS):
        forms = [
            (client, translate, {"text": text, **seen}),
            (moderator, box, {"text": text, "language_code": "es", **seen}),
            (moderator, decision, {"decision": "refuse", "reason": text}),
        ]
        if text in WORST:
            forms += [
                (client, translate, {"text": text, "seen": text}),
                (client, reverse("correct_own_language", args=pk), {"language_code": text}),
                (moderator, box, {"text": text, "language_code": text, "seen": text, "next": text}),
                (moderator, reverse("correct_language", args=pk), {"language_code": text}),
                (moderator, decision, dict.fromkeys(DECISION, text)),
            ]
            pages = [
                client.get(translate, {"into": raw(text[:1000])}),
                moderator.get(reverse("translation_proposals"), {"p": raw(text[:1000])}),
            ]
            assert all(map(harmless, pages)), text
        for sender, address, values in forms:
            answer = send(sender, address, {**values, "form_token": issue(PROPOSE)})
            assert harmless(answer), (address, text)


def test_a_translation_with_markup_is_shown_as_it_was_typed(client):
    shown = TranslationFactory(text=SCRIPT)

    page = client.get(shown.contribution.consultation.url_in("es")).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)</script>" not in page


@pytest.mark.both
def test_nothing_that_only_harms_is_kept():
    contribution = ContributionFactory()
    client, _participant = signed_in()
    address = reverse("translate_comment", args=(contribution.consultation.slug, contribution.pk))
    seen = digest_of(contribution)

    for text in each_alone(filter(harm_in, STRINGS), on_postgresql=FOR_DATABASES):
        form = {"text": text, "seen": seen, "form_token": issue(PROPOSE)}
        send(client, f"{address}?into=es", form)

        kept = "".join(Translation.objects.values_list("text", flat=True))
        assert harm_in(kept) == [], text
