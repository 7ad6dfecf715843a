"""A link in a mail opens something: whoever reads the log must not find it there."""

import errno
import io
import logging
import os
import re
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError
from django.urls import URLPattern, get_resolver
from django.utils import translation

from consultations.following.links import stop_path
from consultations.moderation.letters import appeal_address
from consultations.moderation.models import Decision
from events.registrations.models import Registration
from home.alerts.links import stop_url
from home.ambassadors.links import LEAVE
from home.news.links import CHOICES, STOP
from partnership.people.models import Participant
from partnership.people.no_waiting import url_for
from partnership.people.own_links import own_url
from partnership.serving.logs import masked
from tests.workshop.house import text

#: Words of an address that prove nothing: who has one needs an account besides, or the demo.
PROVES_NOTHING = {"code", "slug", "name", "path", "suffix", "table"}
BY_KEY = {
    *("place", "place_change", "place_give_back"),
    "guardian",
    *("guest_own_of", "appeal_by_link", "stop_mails", "no_waiting"),
    "alert_mails_stop",
    *("news_choices", "news_stop", "ambassador_leave"),
}


PERSONAL = (CHOICES, STOP, LEAVE)


def links() -> list[str]:
    place, guest = Registration(code="ABC2345"), Participant(pk=12, guest_digest="0" * 64)
    with translation.override("en"):
        return [
            place.place_url,
            f"{place.place_url}change/",
            f"{place.place_url}give-back/",
            place.guardian_url,
            own_url("ana@example.org").removeprefix(settings.BASE_URL),
            url_for("ana@example.org").removeprefix(settings.BASE_URL),
            stop_path(12, 34),
            appeal_address(Decision(pk=12), "es").removeprefix(settings.BASE_URL),
            stop_url(12, "es").removeprefix(settings.BASE_URL),
            *(link.to(guest, "en").removeprefix(settings.BASE_URL) for link in PERSONAL),
        ]


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What the console gets."""
    handlers = logging.getLogger("django").handlers  # those of the tests are of other kinds
    (handler,) = [handler for handler in handlers if type(handler) is logging.StreamHandler]
    monkeypatch.setattr(handler, "stream", io.StringIO())
    return handler.stream


@pytest.mark.parametrize("link", links(), ids=range(12))
def test_while_the_database_is_away_no_link_stands_in_the_log(client, log, link):
    client.raise_request_exception = False

    answer = client.get(link)  # a test without the mark django_db has no database

    assert answer.status_code == 500
    key = max(link.split("/"), key=len)
    assert f"Internal Server Error: {link.replace(key, '…')}" in log.getvalue()
    assert key not in log.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /en/consultations/hot-nights-at-home/",
        "Internal Server Error: /es/eventos/una-sopa-dos-mesas/calendar.ics",
        "Not Found: /media/images/photo.2e16d0ba.fill-1600x1200.format-avif.avif",
        "Cache is unavailable (get): Error 111 connecting to 127.0.0.1:6379.",
        'File "/srv/partnership/site/events/registrations/services.py", line 12',
    ],
)
def test_everything_else_is_written_as_it_is(line):
    assert masked(line) == line


def test_nginx_as_the_readme_sets_it_up_logs_none_of_them_either():
    (pattern,) = re.findall(
        r'map \$uri \$is_logged { "~(.+)" 0; default 1; }', text(Path("README.md"))
    )

    assert [bool(re.search(pattern, link)) for link in links()] == [True] * 12
    assert not re.search(pattern, "/en/consultations/hot-nights-at-home/")


def test_whoever_adds_an_address_with_a_key_comes_by_here():
    by_key = set()
    for pattern, name in routes(get_resolver().url_patterns):
        words = set(re.findall(r"<(?:str:|slug:|page_slug:|path:)?(\w+)>", pattern))
        if words - PROVES_NOTHING:
            by_key.add(name)

    assert by_key == BY_KEY  # those that are in links() above


def routes(patterns: list) -> list[tuple[str, str]]:
    """Return (route, name) of the readers' addresses that take words."""
    found = []
    for one in patterns:
        if isinstance(one, URLPattern):
            found.append((str(one.pattern), one.name))
        elif "admin" not in str(one.pattern):
            found += routes(one.url_patterns)
    return found


def test_a_database_that_is_away_is_told_without_a_trace_and_all_else_with_one(log):
    told = []
    for answer in (None, "53100"):
        log.truncate(0)
        try:
            psycopg.connect(host="/nowhere")
        except psycopg.OperationalError as cause:
            cause.sqlstate = answer
            error = OperationalError(*cause.args)
            error.__cause__ = cause
            logging.getLogger("django").error("The task failed.", exc_info=error)
        told.append(log.getvalue())

    away, full = told
    assert "The task failed.\nOperationalError: connection is bad: " in away
    assert "psycopg.connect" not in away
    assert "psycopg.connect" in full


def test_a_full_disk_is_told_without_a_trace_and_other_files_with_one(log):
    told = []
    for number in (errno.ENOSPC, errno.EACCES):
        log.truncate(0)
        try:
            raise OSError(number, os.strerror(number))
        except OSError as error:
            logging.getLogger("django").error("The upload failed.", exc_info=error)
        told.append(log.getvalue())

    full, other = told
    assert "OSError: [Errno 28] No space left on device" in full
    assert "Traceback" not in full
    assert "Traceback" in other
