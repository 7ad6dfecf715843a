"""No sentence of the interface is left untranslated: every one of ours carries a mark here.

A catalogue that marks all messages stands in for Spanish. Whatever a reader sees without the
mark must come from the database; anything else was never given to the translators.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from consultations.models import ConsultationPage, Contribution
from consultations.services import hide_contribution, publish_contribution
from consultations.translations.models import Translation
from consultations.translations.services import accept, refuse
from events.models import EventPage
from events.registrations.models import Registration
from home.ambassadors.enums import State
from home.ambassadors.models import Ambassador
from home.ambassadors.services import ASK, ask, decide
from home.models import HomePage
from home.news.models import Letter, NewsWish
from home.news.telling import tell_news
from home.partners.models import Partner
from home.partners.voices.services import end, give
from partnership.demo.people import PASSWORD
from partnership.interface.templatetags.looks import initials
from partnership.outbox import services as outbox
from partnership.outbox.models import OutgoingMail
from partnership.pages.models import BasePage
from partnership.people.models import Resident
from partnership.people.tokens import issue
from tests.demo.pseudo import CLOSING, OPENING, Content, mark, pieces_of, unmarked, write_catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

LANGUAGE = "es"
AUTHOR = "participant__resident"
LOCALE = Path(settings.ROOT_DIR) / "locale"
#: Addresses of pages and of people.
NOT_WORDS = re.compile(rf"[^\s{OPENING}{CLOSING}]+(?:://|@)[^\s{OPENING}{CLOSING}]+")
#: What is the same in every language and stands in no database.
NAMES = (
    "atom",
    "ics",
    "csv",
    "xlsx",
    "json",
    "eur",
    "gbp",
    "cc by 4",
    "cc0",
    "ok",
    "id",
    "google calendar",
    "outlook",
)


@pytest.fixture(scope="module")
def marking_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    catalogues = [LOCALE / code / "LC_MESSAGES" / "django.po" for code in ("en", LANGUAGE)]
    write_catalogue(*catalogues, folder, LANGUAGE)
    return folder


@pytest.fixture(autouse=True, scope="module")
def marked(marking_catalogue: Path) -> Iterator[None]:
    """Read every message from the marking catalogue; Django does anew when this changes."""
    with override_settings(LOCALE_PATHS=[marking_catalogue]):
        yield


@pytest.fixture(autouse=True)
def marked_language(marked: None) -> Iterator[None]:
    with translation.override(LANGUAGE):
        yield


@pytest.fixture(scope="module")
def content(demo: None, marked: None, django_db_blocker: Any) -> Content:
    """What the database holds, and how people are named beside their words."""
    with django_db_blocker.unblock(), translation.override(LANGUAGE):
        authors = [one.author_name for one in Contribution.objects.select_related(AUTHOR)]
        called = {piece for name in authors for piece in pieces_of(f"{name}\n{initials(name)}")}
        return Content(LANGUAGE, {*NAMES, *called})


@pytest.fixture
def resident(client: Client) -> Resident:
    """Somebody signed in who reads the marked language."""
    found = Resident.objects.get(email="resident.puerto@demo.example")
    client.force_login(found, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def test_a_sentence_that_nobody_gave_to_the_translators_is_found(content: Content):
    page = f"<title>{mark('Front page')}</title><p>Alder Bay, {mark('Open')}</p>"

    assert unmarked(page, content) == []
    assert unmarked(f"{page}<p>Read more about it</p>", content) == ["read more about it"]
    assert unmarked(f'{page}<nav aria-label="Pages">', content) == ["pages"]
    assert unmarked(f"{page}<p>{mark('Opens')} 3 de mayo de 2027 a las 10:00</p>", content) == []
    assert unmarked(f"{page}<p>{mark('Opens')} on 3 May</p>", content) == ["on 3 may"]


def test_every_public_page(client: Client, content: Content):
    found = {}
    for page in BasePage.objects.live().filter(depth__gt=1).specific():
        address = page.url_in(LANGUAGE)
        text = client.get(address).content.decode()
        assert OPENING in text
        if lacking := unmarked(text, content):
            found[address] = lacking

    assert found == {}


ADDRESSES = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "search",
    "risk_register",
    "news",
    "ambassadors",
)
OWN_ADDRESSES = (
    "my_participation",
    "account_details",
    "account_email",
    "account_change_password",
    "my_ambassador",
)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("sent", [None, {}, {"email": "x", "login": "x", "q": "zzz"}])
def test_every_door_and_what_it_says_of_wrong_input(client, content, name: str, sent):
    address = reverse(name)

    answer = client.get(address) if sent is None else client.post(address, sent)
    if answer.status_code == 405:
        answer = client.get(address, sent)

    assert unmarked(answer.content.decode(), content) == []


@pytest.mark.parametrize("name", OWN_ADDRESSES)
@pytest.mark.parametrize("sent", [None, {}])
def test_every_page_of_ones_own(client, content, resident, name: str, sent):
    address = reverse(name)

    answer = client.get(address) if sent is None else client.post(address, sent)
    if answer.status_code == 405:
        answer = client.get(address)

    assert unmarked(answer.content.decode(), content) == []


def test_every_form_of_a_consultation_and_of_an_event(client, content, resident):
    consultation = ConsultationPage.objects.get(title_en="Safe routes to school")
    event = EventPage.objects.get(slug="redrawing-the-school-street")
    comment = consultation.contributions.published().exclude(language_code=LANGUAGE).first()
    addresses = (
        consultation.get_url(),
        consultation.answer_url,
        consultation.comment_url,
        reverse("translate_comment", args=(consultation.slug_in(LANGUAGE), comment.pk)),
        f"{consultation.vote_url}?statement=1&choice=agree",
        event.get_url(),
        event.sign_up_url,
    )
    found = {}
    for address in addresses:
        for answer in (client.get(address), client.post(address, {"statement": "1"})):
            if lacking := unmarked(answer.content.decode(), content):
                found[address] = lacking

    assert found == {}


@pytest.mark.parametrize("address", ["nada/", "eventos/nada/", "eventos/?page=999"])
def test_what_is_not_found(client, content, address: str):
    answer = client.get(f"/{LANGUAGE}/{address}")

    assert unmarked(answer.content.decode(), content) == []


def test_every_mail(client, content, resident, django_capture_on_commit_callbacks):
    moderator = Resident.objects.get(email="moderator@demo.example")
    pending = Contribution.objects.filter(publication_status="pending")
    outbox.deliver_due()
    mail.outbox.clear()  # what the demo wrote when it was made, before the marking catalogue
    with django_capture_on_commit_callbacks(execute=True):
        for contribution in pending:
            contribution.participant.resident.language_code = LANGUAGE
            contribution.participant.resident.save()
            publish_contribution(contribution, by=moderator)
            contribution.refresh_from_db()
            hide_contribution(contribution, by=moderator, reason="Puerto Almendro")
        decide_about_proposals(moderator)
        write_account_mails(client, resident)
        write_news(resident)
        write_to_ambassadors(moderator)
        write_to_voices(resident, moderator)
    outbox.deliver_due()

    assert len(mail.outbox) > 6
    of_voices = {"partner_voice_offered", "partner_voice_ended"}
    assert {"news", "ambassador_asked", "ambassador_decided", *of_voices} <= set(
        OutgoingMail.objects.values_list("kind", flat=True)
    )
    assert {letter.subject: lacking_in(letter, content) for letter in mail.outbox} == {
        letter.subject: [] for letter in mail.outbox
    }


def write_to_voices(resident: Resident, moderator: Resident) -> None:
    """Ask somebody to speak for a partner, and end it."""
    partner = Partner.objects.public().first()
    end(give(partner, email=resident.email, valid_until=timezone.localdate(), by=moderator))


def decide_about_proposals(moderator: Resident) -> None:
    """Accept one translation and refuse another."""
    first, second = Translation.objects.waiting()[:2]
    for proposal in (first, second):
        proposal.author.resident.language_code = LANGUAGE
        proposal.author.resident.save()
    accept(first, by=moderator, seen=first.source_digest)
    refuse(second, by=moderator, reason="Puerto Almendro")


def write_account_mails(client: Client, resident: Resident) -> None:
    """Make the site write each of its account mails, and those about a place."""
    event = EventPage.objects.get(slug="redrawing-the-school-street")
    token = client.get(event.sign_up_url).context["form"]["form_token"].value()
    choices = {"party_size": "2", "joins_in": "puerto-almendro", "language_code": LANGUAGE}
    client.post(event.sign_up_url, {**choices, "form_token": token})
    place = Registration.objects.of(resident).get(event=event)
    client.post(reverse("cancel_place", args=(place.code,)))
    password = {"oldpassword": PASSWORD, "password1": "another short sentence"}
    client.post(reverse("account_change_password"), password)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    visitor = Client()
    known, unknown = {"email": resident.email}, {"email": "nobody@example.org"}
    for name in ("account_request_login_code", "account_reset_password"):
        for whom in (known, unknown):
            visitor.post(reverse(name), whom)
    details = {"name": "Ana", "city": "elsewhere", "language_code": LANGUAGE}
    for whom in (known, unknown):
        visitor.post(reverse("account_signup"), {**details, **whom, "password1": "ten characters"})


def write_news(reader: Resident) -> None:
    """Write the last issue once more, with everything in it."""
    Letter.objects.all().delete()
    long_ago = timezone.now() - timedelta(days=90)
    wishes = NewsWish.objects.filter(participant__resident=reader)
    wishes.update(told_until=long_ago, language_code=LANGUAGE)
    tell_news()


def write_to_ambassadors(moderator: Resident) -> None:
    """Ask each of them, and decide about their words both ways."""
    for ambassador in Ambassador.objects.select_related("participant__resident", "event"):
        ambassador.participant.resident.language_code = LANGUAGE
        ambassador.participant.resident.save()
        question = {"name": "Puerto Almendro", "email": "a@example.org", "text": "Alder Bay"}
        ask(ambassador, **question, form_token=issue(ASK))
        for state in (State.HIDDEN, State.PUBLISHED):
            seen, reason = ambassador.consented_at, "Puerto Almendro"
            decide(ambassador, state=state, reason=reason, seen=seen, by=moderator)


def lacking_in(letter: mail.EmailMessage, content: Content) -> list[str]:
    """What of the mail is neither marked nor content, addresses of pages and codes aside."""
    html = [body for body, kind in getattr(letter, "alternatives", ()) if kind == "text/html"]
    words = NOT_WORDS.sub("", letter.body)
    found = [*content.lacks(letter.subject), *content.lacks(words)]
    return found + [piece for body in html for piece in unmarked(body, content)]


def test_the_front_page_is_told_apart_from_the_marks(client):
    """The control of the control: without the marking catalogue there is no mark."""
    assert CLOSING in client.get(HomePage.objects.get().url_in(LANGUAGE)).content.decode()
    assert CLOSING not in client.get(HomePage.objects.get().url_in("en")).content.decode()
