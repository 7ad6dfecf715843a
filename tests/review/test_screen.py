"""The screen on which a city reads and answers, and the ways to it."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags

from events.models import CharrettePage
from home.models import StandardPage
from partnership.people.models import Resident
from partnership.people.services import keep_admin_language
from partnership.refusals import Refused
from partnership.review.presenting import waiting_for
from partnership.review.services import ensure_review, version_of
from tests.factories.events import make_event, make_event_index
from tests.factories.reports import make_photo
from tests.review.conftest import review_of, send_again, sign

pytestmark = pytest.mark.django_db

DASHBOARD = "wagtailadmin_home"


def screen(page):
    return reverse("city_review", args=(page.pk,))


def stored(page):
    return StandardPage.objects.get(pk=page.pk)


def body(response):
    return response.content.decode()


def answer(client, page, decision, comment="", seen=None):
    words = {"decision": decision, "comment": comment, "seen": seen or version_of(stored(page))}
    return client.post(screen(page), words)


def speak(person, code):
    """Open the admin in that language."""
    person.language_code = code
    person.save()
    keep_admin_language(person)


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_reader_sees_every_language_under_its_own_name(client, send, people, code):
    speak(people.puerto, code)
    page = send(people.alder, lead_en="Down to the water", lead_es="Hasta el agua")
    client.force_login(people.puerto)

    html = body(client.get(screen(page)))

    assert '<th scope="col" lang="en">English</th>' in html
    assert '<th scope="col" lang="es">Español</th>' in html
    assert re.search(r'<td class="comparison[^"]*" lang="es">\s*<span class="addition">Hasta', html)
    assert {"en": "Sign for Puerto Almendro", "es": "Firmar por Puerto Almendro"}[code] in html
    assert {"en": "Is asked now", "es": "Le toca ahora"}[code] in html


def test_who_sent_it_has_signed_before_it_is_their_turn(client, send, people):
    """As long as the newest version is theirs."""
    page = send(people.puerto)
    client.force_login(people.alder)

    sent = " ".join(strip_tags(body(client.get(screen(page)))).split())
    page.save_revision(user=people.alder)
    changed = " ".join(strip_tags(body(client.get(screen(page)))).split())

    assert "Puerto Almendro: Has signed by sending it: Marta Vidal," in sent
    assert "Puerto Almendro: Not asked yet" in changed


def test_a_signature_on_the_screen_publishes(client, send, people):
    page = send(people.alder)
    client.force_login(people.puerto)

    response = answer(client, page, "sign", comment="Muy bien")

    assert response.url == reverse(DASHBOARD)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Signed. Every city has read the page, and it is published."
    ]
    assert stored(page).live


def test_whoever_signs_last_is_told_of_photos_that_are_not_described(client, send, people):
    page = send(people.alder, cover_photo=make_photo("", title="Quay"))
    client.force_login(people.puerto)

    response = answer(client, page, "sign")

    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert stored(page).live
    assert any("“Quay” is on this page and not described in English" in each for each in told)


def test_a_request_for_changes_needs_words_and_keeps_what_was_written(client, send, people):
    page = send(people.alder)
    client.force_login(people.puerto)

    empty = answer(client, page, "changes")
    asked = answer(client, page, "changes", comment="Falta la hora.")

    assert empty.status_code == 422
    assert 'aria-describedby="comment-error"' in body(empty)
    assert asked.url == reverse(DASHBOARD)
    assert stored(page).current_workflow_state.status == "needs_changes"


def test_a_page_changed_meanwhile_is_shown_again_and_the_words_are_kept(client, send, people):
    page = send(people.alder)
    seen = version_of(stored(page))
    draft = stored(page)
    draft.title_en = "The old harbour"
    draft.save_revision(user=people.alder)
    client.force_login(people.puerto)

    response = answer(client, page, "sign", comment="Muy bien", seen=seen)

    assert response.status_code == 422
    assert "The page was changed while you were reading." in body(response)
    assert "Muy bien" in body(response)
    assert f'value="{version_of(stored(page))}"' in body(response)
    assert "old " in body(response)
    assert review_of(page) is not None


def test_what_may_not_be_published_is_said_and_stays_under_review(
    client, send, people, monkeypatch
):
    page = send(people.alder)
    client.force_login(people.puerto)

    def refuse(*args, **kwargs):
        raise Refused("The Spanish lead is missing.")

    monkeypatch.setattr(StandardPage, "publish", refuse)
    response = answer(client, page, "sign", comment="Muy bien")

    assert response.status_code == 422
    assert "The Spanish lead is missing." in body(response)
    assert "Muy bien" in body(response)
    assert review_of(page).specific.status == "in_progress"


@pytest.mark.parametrize("who", ["nowhere", "moderator", "resident"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_screen_is_closed_to_others(client, unwritten, send, people, cities, who, method):
    page = send(people.alder, cities[0])
    client.force_login(getattr(people, who))

    response = getattr(client, method)(screen(page))
    preview = client.get(reverse("city_review_preview", args=(page.pk,)))

    for refused in (response, preview):
        assert refused.status_code == 403 or "/login/" in refused.url or refused.url == "/admin/"
    assert review_of(page) is not None


def test_visitors_are_led_to_the_door(client, send, people):
    page = send(people.alder)

    assert client.get(screen(page)).status_code == 302


@pytest.mark.parametrize("who", ["alder", "admin"])
def test_who_cannot_answer_reads_why_and_has_no_form(client, send, people, who):
    page = send(people.alder)
    client.force_login(getattr(people, who))

    html = body(client.get(screen(page)))
    refused = answer(client, page, "sign")

    assert 'name="decision"' not in html
    assert {"alder": "You have signed this version.", "admin": "Another city is asked now"}[
        who
    ] in html
    assert refused.status_code == 422
    assert not stored(page).live


def test_the_editor_of_a_partner_city_reads_and_previews_but_does_not_edit(
    client, send, people, cities
):
    page = send(people.alder, cities[0], lead_es="Hasta el agua")
    client.force_login(people.puerto)

    edit = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    preview = client.get(reverse("city_review_preview", args=(page.pk,)), {"mode": "es"})

    assert edit.status_code == 302
    assert "Edit the page" not in body(client.get(screen(page)))
    assert "El puerto" in body(preview)
    assert '<html lang="es"' in body(preview)


def test_a_city_that_signed_before_sees_what_was_changed_since(client, send, people):
    page = send(people.alder)
    draft = stored(page)
    draft.lead_en = "Down to the water"
    draft.save_revision(user=people.puerto)
    sign(page, people.puerto)
    client.force_login(people.alder)

    since = body(client.get(screen(page)))
    live = body(client.get(screen(page), {"since": "live"}))

    assert "What was changed since your city signed" in since
    assert "Compare with the published page" in since
    assert '<th scope="row" class="w-align-top w-text-left">Title</th>' not in since
    assert '<th scope="row" class="w-align-top w-text-left">Title</th>' in live


def test_a_live_page_is_compared_with_what_is_published(client, send, people):
    page = send(people.alder)
    sign(page, people.puerto)
    draft = stored(page)
    draft.title_es = "El puerto viejo"
    draft.save_revision(user=people.alder)
    draft.get_workflow().start(draft, people.alder)
    client.force_login(people.puerto)

    html = body(client.get(screen(page)))

    assert "What is new against the published page" in html
    assert '<span class="addition">' in html
    assert "Not changed" in html  # the English title beside it


@pytest.mark.parametrize("code", ["en", "es"])
def test_the_dashboard_says_what_waits_for_whom(client, send, people, code):
    speak(people.puerto, code)
    page = send(people.alder)
    client.force_login(people.puerto)

    html = body(client.get(reverse(DASHBOARD)))

    assert {"en": "Waiting for your city", "es": "A la espera de tu ciudad"}[code] in html
    assert f'href="{screen(page)}"' in html
    assert {"en": "The harbour", "es": "El puerto"}[code] in html


@pytest.mark.parametrize("who", ["alder", "nowhere", "moderator", "admin"])
def test_nothing_waits_for_those_who_cannot_answer(client, send, people, who):
    send(people.alder)
    client.force_login(getattr(people, who))

    assert "Waiting for your city" not in body(client.get(reverse(DASHBOARD)))


def test_the_dashboard_costs_the_same_for_one_page_and_for_three(
    client, send, people, django_assert_num_queries
):
    send(people.alder)
    reader = Resident.objects.get(pk=people.puerto.pk)
    with django_assert_num_queries(3):
        one = waiting_for(reader)
    send(people.alder)
    send(people.alder)
    reader = Resident.objects.get(pk=people.puerto.pk)
    with django_assert_num_queries(3):
        three = waiting_for(reader)

    assert [len(one), len(three)] == [1, 3]


def test_the_editor_of_a_page_leads_to_its_review(client, send, people):
    page = send(people.alder)
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    client.force_login(people.alder)

    during = body(client.get(address))
    sign(page, people.puerto)
    after = body(client.get(address))

    assert screen(page) in during
    assert screen(page) not in after


def test_an_old_link_says_that_nobody_waits(client, send, people):
    page = send(people.alder)
    sign(page, people.puerto)
    client.force_login(people.puerto)

    response = client.get(screen(page), follow=True)

    assert "This page waits for nobody&#x27;s answer now." in body(response)
    assert client.get(reverse("city_review", args=(0,))).status_code == 404


@pytest.mark.parametrize("who", ["puerto", "admin"])
def test_wagtails_own_doors_sign_nothing(client, unwritten, send, people, who):
    page = send(people.alder)
    state = page.current_workflow_task_state
    client.force_login(getattr(people, who))
    arguments = {"page_id": page.pk, "action_name": "approve", "task_state_id": state.pk}

    for door in ("workflow_action", "collect_workflow_action_data"):
        client.post(reverse(f"wagtailadmin_pages:{door}", kwargs=arguments), {"comment": "Yes"})

    assert review_of(page).pk == state.pk
    assert not stored(page).live


def test_an_event_shows_its_mails_beside_its_languages(client, site, people):
    now = timezone.now()
    event = CharrettePage(
        title_en="Draw", title_es="Dibujar", slug="draw", starts_at=now,
        ends_at=now + timezone.timedelta(hours=2), time_zone="Europe/London", live=False,
    )  # fmt: skip
    make_event_index().add_child(instance=event)
    send_again(event, people.alder)
    client.force_login(people.puerto)
    address = reverse("city_review_preview", args=(event.pk,))

    html = body(client.get(screen(event)))
    with translation.override("en"):
        mail = client.get(address, {"mode": "mail:registration_confirmed:es"})

    assert "Mail: a place is taken (Español)" in html
    assert "Tienes" in body(mail)


def test_of_three_cities_each_is_told_and_no_partner_besides(
    client, site, send, people, third_city, cities
):
    event = make_event(cities=[*cities], live=False, languages=",en,es,")
    send_again(event, people.alder)
    joint = send(people.alder, title_en="The bridge")
    ensure_review(site)
    own = send(people.alder, cities[0])
    client.force_login(people.puerto)

    of_two, of_all, of_one = (
        " ".join(strip_tags(body(client.get(screen(page)))).split()) for page in (event, joint, own)
    )

    assert "Thirdham: Has no part in this page" in of_two
    assert "A partner city" not in of_two + of_all
    assert "Thirdham: Not asked yet" in of_all
    assert "A partner city: Is asked now" in of_one
    assert "Languages spoken English, Español" in of_two  # in words, as on the form
