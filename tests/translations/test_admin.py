"""The moderators' boxes and their queue of proposals: whose, what can be done, who is kept out."""

import pytest
from django.urls import reverse

from consultations.models import Contribution
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.models import Translation
from consultations.translations.words_of import digest_of
from tests.consultations.test_moderation import staff, waiting
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, make_consultation
from tests.factories.translations import TranslationFactory, machine_text, proposal

pytestmark = pytest.mark.django_db

PROPOSALS = "translation_proposals"


def decide(client, translation: Translation, **values: str):
    form = {"seen": translation.source_digest, "text": translation.text, **values}
    return client.post(reverse("translation_decision", args=(translation.pk,)), form)


def save(client, contribution: Contribution, **values: str):
    form = {"language_code": "es", "seen": digest_of(contribution), **values}
    return client.post(reverse("staff_translation", args=(contribution.pk,)), form)


def test_every_comment_of_the_queue_has_a_box_for_the_other_language():
    waiting(text="The pavement ends here.")

    page = staff("Moderators").get(reverse("moderation_queue")).content.decode()

    assert "The pavement ends here." in page
    assert 'name="text" rows="4" lang="es"' in page
    assert 'name="text" rows="4" lang="en"' not in page


def test_the_queue_with_translations_costs_the_same_for_1_and_3(django_assert_max_num_queries):
    client, consultation = staff("Moderators"), make_consultation()
    entries = [waiting(consultation=consultation) for _number in range(3)]
    for entry in entries:
        TranslationFactory(contribution=entry)
        proposal(contribution=entry)
    client.get(reverse("moderation_queue"))

    with django_assert_max_num_queries(15) as many:
        client.get(reverse("moderation_queue"))
    Contribution.objects.exclude(pk=entries[0].pk).delete()
    with django_assert_max_num_queries(15) as one:
        client.get(reverse("moderation_queue"))

    assert len(one) == len(many)


def test_a_moderator_translates_beside_the_original():
    contribution = waiting()

    response = save(staff("Moderators"), contribution, text="Aquí se acaba la acera.")

    made = Translation.objects.get()
    assert response.status_code == 302
    assert (made.text, made.origin) == ("Aquí se acaba la acera.", Origin.STAFF)
    assert made.status == TranslationStatus.ACCEPTED


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": ""}, "Write the translation first."),
        ({"text": "Typed with care.", "seen": "old"}, "The original has changed"),
        ({"text": "Typed with care.", "language_code": "en"}, ""),
        ({"text": "Typed with care.", "language_code": "xx"}, ""),
    ],
)
def test_a_translation_that_is_refused_is_shown_again(values, message):
    response = save(staff("Moderators"), waiting(language_code="en"), **values)

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "language_code" in values or values["text"] in page
    assert not Translation.objects.exists()


def test_the_machines_text_is_said_to_be_one_and_stays_one():
    made = machine_text(text="Texto de máquina.")
    client = staff("Moderators")

    page = client.get(reverse("staff_translation", args=(made.contribution_id,))).content.decode()
    response = save(client, made.contribution, text="Texto de máquina.")

    assert "A machine&#x27;s text, and labelled as such." in page
    assert response.status_code == 422
    assert Translation.objects.get().origin == Origin.MACHINE


def test_a_moderator_corrects_the_language_of_a_comment(unwritten):
    contribution = waiting(language_code="en")
    address = reverse("correct_language", args=(contribution.pk,))

    staff("Moderators").post(address, {"language_code": "es"})

    contribution.refresh_from_db()
    assert contribution.language_code == "es"


# What neighbours propose -------------------------------------------------------------------


def test_the_queue_shows_what_waits_in_the_moderators_consultations_only():
    alder, puerto = city_pair()
    own = ContributionFactory(consultation=make_consultation(cities=[alder]))
    joint = ContributionFactory(consultation=make_consultation(title="Joint"))
    other = ContributionFactory(consultation=make_consultation(title="Other", cities=[puerto]))
    hidden = ContributionFactory(consultation=own.consultation, publication_status="hidden")
    for text, entry in (("Una", own), ("Dos", joint), ("Tres", other), ("Cuatro", hidden)):
        proposal(contribution=entry, text=f"{text} traducción.")

    page = staff("Moderators", alder).get(reverse(PROPOSALS)).content.decode()

    shown = [t for t in ("Una", "Dos", "Tres", "Cuatro") if f"{t} traducción.</textarea>" in page]
    assert shown == ["Una", "Dos"]


def test_the_proposals_cost_the_same_for_1_and_3(django_assert_max_num_queries):
    client, consultation = staff("Moderators"), make_consultation()
    for _number in range(3):
        proposal(contribution=ContributionFactory(consultation=consultation))
    client.get(reverse(PROPOSALS))

    with django_assert_max_num_queries(15) as many:
        client.get(reverse(PROPOSALS))
    Translation.objects.exclude(pk=Translation.objects.first().pk).delete()
    with django_assert_max_num_queries(15) as one:
        client.get(reverse(PROPOSALS))

    assert len(one) == len(many)


def test_a_moderator_arrives_at_what_waits():
    proposal()

    page = staff("Moderators").get(reverse("wagtailadmin_home")).content.decode()

    assert "1 translation waits" in page
    assert f'href="{reverse(PROPOSALS)}"' in page


def test_a_moderator_accepts_and_refuses():
    first, second = proposal(), proposal()
    client = staff("Moderators")

    accepted = decide(client, first, decision="accept")
    refused = decide(client, second, decision="refuse", reason="No dice lo mismo.")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (accepted.status_code, refused.status_code) == (302, 302)
    assert (first.status, second.status) == ("accepted", "refused")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"decision": "refuse", "reason": " "}, "Write the reason"),
        ({"decision": "accept", "text": " "}, "Write the translation first."),
        ({"decision": "accept", "seen": "old"}, "The original has changed"),
        ({"decision": "burn"}, ""),
    ],
)
def test_a_decision_that_cannot_be_is_shown_again_and_changes_nothing(values, message):
    made = proposal()

    response = decide(staff("Moderators"), made, **values)

    made.refresh_from_db()
    assert response.status_code == 422
    assert message in response.content.decode()
    assert made.status == TranslationStatus.PROPOSED


@pytest.mark.parametrize("group", ["Editors", "Analysts"])
def test_others_are_kept_out(group):
    made, client = proposal(), staff(group)
    contribution = made.contribution

    decide(client, made, decision="accept")
    save(client, contribution, text="Hola.")
    client.post(reverse("correct_language", args=(contribution.pk,)), {"language_code": "es"})

    made.refresh_from_db()
    contribution.refresh_from_db()
    assert made.status == TranslationStatus.PROPOSED
    assert Translation.objects.count() == 1
    assert contribution.language_code == "en"


def test_another_citys_words_do_not_exist_for_a_moderator():
    alder, puerto = city_pair()
    theirs = ContributionFactory(consultation=make_consultation(cities=[puerto]))
    client = staff("Moderators", alder)

    responses = [
        decide(client, proposal(contribution=theirs), decision="accept"),
        save(client, theirs, text="Hola."),
        client.post(reverse("correct_language", args=(theirs.pk,)), {"language_code": "es"}),
    ]

    assert [response.status_code for response in responses] == [404, 404, 404]
