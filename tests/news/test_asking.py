"""Asking for news with an account or a confirmed address, changing it, and stopping it."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from consultations.following.models import FormerGuest
from home.news.links import CHOICES, STOP
from home.news.models import Letter, NewsWish
from home.news.services import begin
from partnership.interface.framing import cities_that_know, links_in_the_foot
from partnership.people import guests
from partnership.people.copies import everything_about
from partnership.people.erasure import ERASE, erase, erase_guest
from partnership.people.models import GuestContact, Participant
from partnership.people.tokens import issue
from tests.factories.cities import city_pair
from tests.factories.home import make_story
from tests.factories.news import FIRST_THURSDAY, account, guest, wish_of
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
CHOSEN = {"topics": ["events"], "city": "", "rhythm": "monthly", "language_code": "es"}


def path(link, participant) -> str:
    return link.to(participant, "en").removeprefix(settings.BASE_URL)


def code_of_the_mail() -> str:
    return re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]


def ask_as_guest(client, django_capture_on_commit_callbacks, email="gil@example.org") -> str:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("news"), {**CHOSEN, "email": email})
    return code_of_the_mail()


def test_a_topic_that_is_ticked_again_and_again_counts_once(client):
    client.force_login(account().resident)

    answer = client.post(reverse("news"), {**CHOSEN, "topics": ["events"] * 300})

    assert answer.status_code == 302
    assert NewsWish.objects.get().topics == ",events,"


def test_nothing_is_kept_but_what_the_form_asks(client, django_capture_on_commit_callbacks):
    more = {f"{number}{'x' * 800}": "1" for number in range(100)}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("news"), {**CHOSEN, "email": "gil@example.org", **more})
    code = code_of_the_mail()

    assert len(str(dict(client.session.items()))) < 2_000
    client.post(reverse("news_code"), {"code": code})
    assert NewsWish.objects.get().participant.email == "gil@example.org"


def test_an_account_chooses_changes_and_stops(client):
    alder = city_pair()[0]
    person = account(language_code="es")
    client.force_login(person.resident)
    page = client.get(reverse("news"))
    client.post(reverse("news"), CHOSEN)
    first = NewsWish.objects.values("topics", "city", "rhythm", "language_code").get()
    client.post(reverse("news"), {**CHOSEN, "city": alder.code})
    changed = NewsWish.objects.get().city
    told = client.get(reverse("my_participation")).content.decode()
    client.post(reverse("news"), {"stop": "1"})

    assert page.context["form"]["language_code"].value() == "es"
    assert "If you choose none, you hear of all cities." in page.content.decode()
    assert first == {"topics": ",events,", "city": None, "rhythm": "monthly", "language_code": "es"}
    assert changed == alder
    assert "Every month, on the first Thursday" in told
    assert not NewsWish.objects.exists()


def test_a_guest_gets_news_once_the_address_is_confirmed_in_the_language_chosen(
    client, django_capture_on_commit_callbacks
):
    code = ask_as_guest(client, django_capture_on_commit_callbacks)
    before = NewsWish.objects.exists()
    wrong = client.post(reverse("news_code"), {"code": "1"})
    client.post(reverse("news_code"), {"code": code})

    wish = NewsWish.objects.get()
    assert not before
    assert wrong.status_code == 422
    assert "Novedades por correo" in mail.outbox[-1].body
    assert wish.participant.email == "gil@example.org"
    assert (wish.rhythm, wish.language_code) == ("monthly", "es")
    assert wish.participant_id in set(guests._needed["home.news.keeping.readers"]().values_list(
        "participant", flat=True))  # fmt: skip


def test_a_guest_who_is_known_by_name_keeps_it(client, django_capture_on_commit_callbacks):
    details = guests.GuestDetails(
        email="gil@example.org", name="Gil", city=city_pair()[0], language_code="en"
    )
    known = guests.recognise(details)

    code = ask_as_guest(client, django_capture_on_commit_callbacks)
    client.post(reverse("news_code"), {"code": code})

    contact = GuestContact.objects.get()
    assert NewsWish.objects.get().participant == known
    assert (contact.name, contact.city) == ("Gil", city_pair()[0])


def test_an_address_of_staff_signs_in_first(client, django_capture_on_commit_callbacks):
    ResidentFactory(email="staff@example.org", is_staff=True)
    code = ask_as_guest(client, django_capture_on_commit_callbacks, "staff@example.org")

    answer = client.post(reverse("news_code"), {"code": code})

    assert reverse("account_login") in answer.url
    assert not NewsWish.objects.exists()


def test_codes_are_sent_so_often_and_no_more(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "guest_code": "1/h/key"}
    sent = {**CHOSEN, "email": "gil@example.org"}
    client.post(reverse("news"), sent)

    again = client.post(reverse("news"), sent)

    assert again.status_code == 422
    assert "Wait a few minutes" in again.content.decode()


def test_nothing_is_asked_for_by_half(client):
    answer = client.post(reverse("news"), {"city": ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["topics", "rhythm", "language_code", "email"]


def test_the_links_of_a_mail_change_and_stop_without_signing_in(client):
    person = guest()
    wish_of(person)
    page = client.get(path(CHOICES, person)).content.decode()
    client.post(path(CHOICES, person), CHOSEN)
    rhythm = NewsWish.objects.get().rhythm
    looked = client.get(path(STOP, person)).content.decode()
    program = Client(enforce_csrf_checks=True)
    pressed = program.post(path(STOP, person), ONE_CLICK)

    assert path(STOP, person) in page
    assert rhythm == "monthly"
    assert "You get news by mail." in looked
    assert "You get no more news by mail." in pressed.content.decode()
    assert not pressed.cookies
    assert not NewsWish.objects.exists()
    assert client.get(path(CHOICES, person)).url == reverse("news")


def test_a_link_of_an_old_address_or_a_forged_one_leads_nowhere(client):
    person, other = account(), account("ben@example.org")
    old = path(CHOICES, person)
    person.resident.email = "new@example.org"
    person.resident.save()
    wish_of(person)
    forged = old.replace(f"/{person.pk}-", f"/{other.pk}-")
    of_the_other_page = path(STOP, person).replace("/stop/", "/choices/")

    links = (old, forged, of_the_other_page)

    assert [client.post(link, CHOSEN).status_code for link in links] == [404] * 3


def test_a_guest_who_makes_an_account_takes_the_news_and_the_links_along(client):
    person = guest("ana@example.org")
    wish_of(person)
    Letter.objects.create(issue=begin(FIRST_THURSDAY.date()), participant=person)
    link, resident = path(STOP, person), ResidentFactory(email="ana@example.org")
    mine = Participant.objects.of(resident)

    guests.claim(resident)

    assert NewsWish.objects.get().participant == mine
    assert Letter.objects.get().participant == mine
    assert FormerGuest.objects.get().participant == mine
    assert client.post(link, ONE_CLICK).status_code == 200
    assert not NewsWish.objects.exists()


def test_of_two_wishes_the_accounts_own_wins():
    person = guest("ana@example.org")
    wish_of(person, rhythm="monthly")
    resident = ResidentFactory(email="ana@example.org")
    own = wish_of(Participant.objects.of(resident))
    for each in (person, own.participant):
        Letter.objects.create(issue=begin(FIRST_THURSDAY.date()), participant=each)

    guests.claim(resident)

    assert NewsWish.objects.get() == own
    assert Letter.objects.get().participant == own.participant


def test_it_is_in_the_copy_and_gone_with_the_person():
    for person in (account(), guest()):
        wish_of(person, topics=",events,")
        Letter.objects.create(issue=begin(FIRST_THURSDAY.date()), participant=person)
        told = {section.key: section.rows for section in everything_about(person)}

        asked = {"email": person.email, "keep_words": True, "form_token": issue(ERASE)}
        if person.resident:
            erase(person.resident, **asked)
        else:
            erase_guest(person, **asked)

        (row,) = told["news.newswish"]
        said = [cell.words for cell in row if cell.key == "topics"]
        assert said == ["Exchanges and festivals to come"]
        assert "news.letter" in told
    assert not NewsWish.objects.exists()
    assert not Letter.objects.exists()


def test_the_foot_leads_there_once_there_is_something_to_tell():
    city_pair()
    before = links_in_the_foot(cities_that_know())
    make_story()

    after = links_in_the_foot(cities_that_know())

    assert reverse("news") not in [link["url"] for link in before]
    assert reverse("news") in [link["url"] for link in after]
