"""Whoever leaves is gone from files, sessions and logs, too: what no table shows."""

import logging
import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from consultations.exports.jobs import ask_for, make_next
from consultations.models import ConsultationPage
from consultations.services import COMMENT
from partnership.caches import shared_cache
from partnership.people import guests
from partnership.people.erasure import ERASE, erase
from partnership.people.models import Resident
from partnership.people.tokens import issue
from partnership.serving import cache
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.conftest import confirm_by_password
from tests.people.test_erasure import everything_stored

pytestmark = pytest.mark.django_db

NAME, ADDRESS, WORDS, IP = (
    "Quintina Zarzal",
    "quintina@zarzal.example",
    "heronwords",
    "203.0.113.77",
)
OF_THEM = ("Quintina", "zarzal", WORDS, IP)


@pytest.fixture
def folders(settings, tmp_path: Path) -> Path:
    """Pages, counts and exports in files of this test, as on the live site."""
    settings.CACHES = {
        name: shared_cache("", name, folder=tmp_path) for name in ("default", "pages")
    }
    settings.EXPORT_ROOT = tmp_path / "exports"
    return tmp_path


def in_files(folder: Path) -> str:
    """Everything in the files, those of the cache unpacked."""
    found = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        found.append(repr(path.read_bytes()))
        if path.suffix == ".djcache":
            with path.open("rb") as file:
                pickle.load(file)  # noqa: S301 - our own file: until when it is kept
                kept = zlib.decompress(file.read())
                found.append(repr(pickle.loads(kept)))  # noqa: S301 - the same
    return "".join(found)


def in_sessions() -> str:
    """Everything in the sessions, which no dump of their table shows."""
    return repr([session.get_decoded() for session in Session.objects.all()])


def left_in(found: str) -> list[str]:
    return [word for word in OF_THEM if word in found]


def browser(**fields: Any) -> Client:
    return Client(REMOTE_ADDR=IP, **fields)


def someone_says_something(consultation: ConsultationPage) -> Client:
    """A resident comments, first as a guest in one browser, then signed in with another."""
    alder, _puerto = city_pair()
    person = ResidentFactory(name=NAME, email=ADDRESS, city=alder)
    visitor = browser()
    session = visitor.session
    details = {"email": ADDRESS, "name": NAME, "city": alder, "language_code": "en"}
    guests.ask(session, guests.GuestDetails(**details), purpose="consultations.0")
    session.save()
    own = browser()
    own.login(email=person.email, password=PASSWORD)
    form = {"text": f"Say {WORDS}", "language_code": "en", "form_token": issue(COMMENT)}
    assert own.post(consultation.comment_url, form).status_code == 302
    return own


@pytest.mark.parametrize(("words", "stays"), [("go", []), ("keep", [WORDS])])
def test_no_value_of_theirs_is_left_in_files_sessions_or_logs(
    folders, caplog, django_capture_on_commit_callbacks, words, stays
):
    caplog.set_level(logging.INFO)
    logging.getLogger("django").propagate = True
    consultation = make_consultation(participation="open", moderation="after")
    own = someone_says_something(consultation)
    browser().get(consultation.url)
    analyst = ResidentFactory(is_staff=True, is_superuser=True)
    ask_for(consultation, file_format="json", profile="staff", tables=(), by=analyst, reason="Why")
    make_next()
    there = [left_in(in_files(folders / name)) for name in ("pages", "exports")]
    assert there == [["Quintina", WORDS], ["Quintina", "zarzal", WORDS]]
    assert left_in(in_sessions()) == ["Quintina", "zarzal"]

    typed = {"words": words, "email": ADDRESS, "form_token": issue(ERASE)}
    confirm_by_password(own)
    with django_capture_on_commit_callbacks(execute=True):
        assert own.post(reverse("account_erase"), typed).status_code == 302

    assert not Resident.objects.filter(email=ADDRESS).exists()
    assert left_in(everything_stored()) == stays
    assert left_in(in_files(folders)) == []
    assert left_in(in_sessions()) == []
    assert left_in(repr(list(cache._at_hand.values()))) == []
    assert left_in(caplog.text) == []


@pytest.mark.parametrize(
    ("typed", "is_left"),
    [
        ("Ana@Example.org", False),
        ("write to ana@example.org.", False),
        ("juana@example.org", True),
        ("san.ana@example.org", True),
        ("ana@example.org.mx", True),
    ],
)
def test_nobody_else_is_signed_out_whose_address_holds_theirs(typed, is_left):
    person, session = ResidentFactory(email="ana@example.org"), SessionStore()
    session["typed"] = {"email": typed}
    session.save()

    erase(person, keep_words=True, email=person.email, form_token=issue(ERASE))

    assert session.exists(session.session_key) == is_left
