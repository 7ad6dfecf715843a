"""The screen on which a city reads and signs, and the ways to it."""

import pytest
from django.urls import reverse

from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import approve, request_approval, withdraw
from partnership.people.services import keep_admin_language

pytestmark = pytest.mark.django_db


def screen(request):
    return reverse("approval", args=(request.pk,))


def body(response):
    return response.content.decode()


def answer(client, request, **words):
    return client.post(screen(request), {"seen": request.digest, **words})


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_signer_reads_every_language_and_signs(client, subject, people, cities, code):
    people.puerto.language_code = code
    people.puerto.save()
    keep_admin_language(people.puerto)
    request = request_approval(subject, by=people.alder)
    client.force_login(people.puerto)

    html = body(client.get(screen(request)))
    signed = answer(client, request, decision="sign", city=cities[1].code)

    assert '<th scope="col" lang="es">Español</th>' in html
    assert "Un formulario" in html
    assert request.digest in html
    assert {"en": "Sign for Puerto Almendro", "es": "Firmar por Puerto Almendro"}[code] in html
    assert signed.status_code == 302
    assert [approval.city for approval in request.approvals.all()] == [cities[1]]


def test_who_works_for_no_city_reads_and_cannot_sign(client, subject, people, cities):
    request = request_approval(subject, by=people.alder)
    client.force_login(people.admin)

    html = body(client.get(screen(request)))
    refused = answer(client, request, decision="sign", city=cities[0].code)

    assert 'name="decision"' not in html
    assert refused.status_code == 422
    assert not request.approvals.exists()


def test_who_has_signed_can_still_call_it_off(client, subject, people, cities):
    request = request_approval(subject, by=people.alder, signing_for=cities[0])
    client.force_login(people.alder)

    html = body(client.get(screen(request)))
    without_a_word = answer(client, request, decision="withdraw", comment=" ")
    called_off = answer(client, request, decision="withdraw", comment="The date is wrong.")

    assert (without_a_word.status_code, ApprovalRequest.objects.count()) == (422, 1)
    assert "Say why you call it off" in body(without_a_word)
    assert "The date is wrong." in body(client.get(screen(request)))
    assert 'value="sign"' not in html
    assert 'value="withdraw"' in html
    assert called_off.status_code == 302
    assert 'value="withdraw"' not in body(client.get(screen(request)))
    assert not ApprovalRequest.objects.open().exists()


def test_the_screen_says_that_it_counts_and_of_no_publication(client, subject, people, cities):
    request = request_approval(subject, by=people.alder, signing_for=cities[0])
    client.force_login(people.puerto)

    asked = body(client.get(screen(request)))
    answer(client, request, decision="sign", city=cities[1].code)
    signed = body(client.get(screen(request)))

    assert "With the last signature it counts, in every language at once." in asked
    assert "it is published" not in asked + signed


def test_a_word_with_a_signature_is_read_by_the_other_city(client, subject, people, cities):
    request = request_approval(subject, by=people.alder)
    client.force_login(people.puerto)
    answer(client, request, decision="sign", city=cities[1].code, comment="With joy.")
    client.force_login(people.alder)

    assert "With joy." in body(client.get(screen(request)))


def test_words_for_a_request_that_has_ended_are_not_lost(client, subject, people, cities):
    request = request_approval(subject, by=people.alder)
    withdraw(request, by=people.alder, comment="The date is wrong.")
    client.force_login(people.puerto)

    late = answer(client, request, decision="sign", city=cities[1].code, comment="With joy.")

    assert late.status_code == 422
    assert "With joy." in body(late)


def test_without_the_permission_nobody_looks_in(client, subject, people):
    request = request_approval(subject, by=people.alder)
    client.force_login(people.moderator)

    assert client.get(screen(request)).status_code == 403
    assert answer(client, request, decision="withdraw").status_code == 403
    assert ApprovalRequest.objects.open().exists()


def test_an_answer_that_is_refused_keeps_the_words(client, subject, people, cities):
    request = request_approval(subject, by=people.alder)
    subject.title_en = "Other"
    subject.save()
    client.force_login(people.puerto)

    response = answer(client, request, decision="sign", city=cities[1].code, comment="¡Muy bien!")

    assert response.status_code == 422
    assert "It was changed after the cities were asked" in body(response)


@pytest.mark.parametrize("number", [1, 3])
def test_the_dashboard_shows_what_waits(
    client, subject, people, cities, number, django_assert_num_queries
):
    from tests.factories.roadmap import make_commitment

    subjects = [subject] + [make_commitment(subject.roadmap) for _number in range(number - 1)]
    requests = [request_approval(each, by=people.alder) for each in subjects]
    client.force_login(people.puerto)

    html = body(client.get(reverse("wagtailadmin_home")))

    assert [screen(request) in html for request in requests] == [True] * number
    approve(requests[0], by=people.puerto, city=cities[1], seen=requests[0].digest)
    assert screen(requests[0]) not in body(client.get(reverse("wagtailadmin_home")))
