"""Workers die by kill -9 during sign-ups, fifty times: what was said to be done is done."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.journeys.demo_server import DemoSite, end, environment_for, free_port

pytestmark = [pytest.mark.bench, pytest.mark.both]

ROOT = Path(__file__).resolve().parents[2]
KILLS, PEOPLE, CLIENTS = 50, 400, 8
#: Acknowledged sign-ups between two kills, so that there is something to kill.
BETWEEN = 4
#: Seconds without an answer after which a client sends the very same form again, and gives up.
ANSWERED_WITHIN, PATIENCE = 10, 90
FORM = "/en/events/two-soups-one-table/sign-up/"

PREPARE = f"""
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from events.models import EventPage
from partnership.people.models import Resident
EventPage.objects.filter(slug="two-soups-one-table").update(capacity=None)
sessions = {{}}
for number in range({PEOPLE}):
    email = f"person{{number}}@killed.example"
    resident = Resident.objects.create(email=email, name="P", language_code="en", password="!")
    session = SessionStore()
    session[SESSION_KEY] = str(resident.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = resident.get_session_auth_hash()
    session.create()
    sessions[email] = session.session_key
print(json.dumps(sessions))
"""
#: A mail in the hands of a worker that died is free again after two minutes: here at once.
SETTLE = """
import json
from django.utils import timezone
from events.registrations.models import Registration
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import deliver_due
ours = dict(to__endswith="@killed.example", kind="registration_confirmed")
OutgoingMail.objects.filter(state="waiting").update(
    leased_until=None, next_attempt_at=timezone.now()
)
while deliver_due():
    pass
rows = Registration.objects.filter(participant__resident__email__endswith="@killed.example")
print(json.dumps({
    "places": list(rows.values_list("participant__resident__email", flat=True)),
    "mails": list(OutgoingMail.objects.filter(**ours).values_list("to", flat=True)),
    "unsent": OutgoingMail.objects.filter(**ours).exclude(state="sent").count(),
}))
"""


class Acknowledged:
    """Who was told that they have a place; counted by all clients."""

    def __init__(self) -> None:
        self.people: set[str] = set()
        self.gave_up: list[str] = []
        self._lock = threading.Lock()

    def note(self, email: str, *, is_done: bool) -> None:
        with self._lock:
            if is_done:
                self.people.add(email)
            else:
                self.gave_up.append(email)


@pytest.fixture
def site(tmp_path: Path) -> DemoSite:
    """The demo in a folder of its own, on the database of this run, not served yet."""
    port = free_port()
    environment = environment_for(tmp_path, port)
    if url := os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = url
    site = DemoSite(f"http://127.0.0.1:{port}", environment)
    site.manage("migrate", "--noinput", "--verbosity=0")
    site.manage("seed_demo", "--force")
    site.manage("collectstatic", "--noinput", "--verbosity=0")
    return site


@contextmanager
def served(site: DemoSite, log: Path) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"]
    with log.open("w") as file:
        master = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=file, stderr=file)
        try:
            yield master
        finally:
            end([master])


def asked(site: DemoSite, method: str, session: str, cookie: str = "", body: str = "") -> tuple:
    """One request: status, body, cookies; whatever breaks is an OSError or HTTPException."""
    port = int(site.environment["PORT"])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWERED_WITHIN)
    headers = {"Cookie": f"sessionid={session}; {cookie}"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, FORM, body=body or None, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get_all("Set-Cookie") or []
    finally:
        connection.close()


def until_answered(request: Callable[[], tuple]) -> tuple | None:
    """Send it again and again, as a person would who sees no answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            answer = request()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        if answer[0] < 500:
            return answer
    return None


def take_a_place(site: DemoSite, email: str, session: str, told: Acknowledged) -> None:
    shown = until_answered(lambda: asked(site, "GET", session))
    if shown is None:
        told.note(email, is_done=False)
        return
    _status, page, cookies = shown
    cookie = next((each.partition(";")[0] for each in cookies if "csrftoken" in each), "")
    fields = {
        name: re.search(rf'name="{name}" value="([^"]+)"', page)[1]
        for name in ("csrfmiddlewaretoken", "form_token")
    }
    choices = {"party_size": "1", "joins_in": "alder-bay", "language_code": "en"}
    body = urlencode({**fields, **choices})
    answer = until_answered(lambda: asked(site, "POST", session, cookie, body))
    # A form that was counted before its worker died is answered the second time with 409 or 302.
    told.note(email, is_done=answer is not None and answer[0] in {302, 409})


def sign_up_everybody(site: DemoSite, sessions: dict[str, str], told: Acknowledged) -> None:
    waiting = iter(sessions.items())
    lock = threading.Lock()

    def client() -> None:
        while True:
            with lock:
                person = next(waiting, None)
            if person is None:
                return
            take_a_place(site, *person, told)

    threads = [threading.Thread(target=client, daemon=True) for _number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def kill_workers(master: subprocess.Popen, told: Acknowledged, stop: threading.Event) -> int:
    """Kill one worker after every few sign-ups; return how many died."""
    killed, seen = 0, 0
    children = Path(f"/proc/{master.pid}/task/{master.pid}/children")
    while killed < KILLS and not stop.wait(0.02):
        alive = [int(pid) for pid in children.read_text().split()]
        if len(told.people) < seen + BETWEEN or not alive:
            continue
        os.kill(alive[0], signal.SIGKILL)  # a child of ours: the longest at work
        killed, seen = killed + 1, len(told.people)
    return killed


def mails_delivered(site: DemoSite) -> dict[str, Counter]:
    """Return for each address how often each Message-ID arrived."""
    found: dict[str, Counter] = {}
    for path in Path(site.environment["VAR_DIR"], "mail").glob("*.eml"):
        message = message_from_bytes(path.read_bytes())
        if message["To"].endswith("@killed.example"):
            found.setdefault(message["To"], Counter())[message["Message-ID"]] += 1
    return found


def last_line(printed: str) -> dict:
    return json.loads(printed.strip().splitlines()[-1])


def test_nothing_that_was_acknowledged_is_lost_or_done_twice(
    site: DemoSite, tmp_path: Path, figure: Callable[..., None]
) -> None:
    sessions = last_line(site.manage("shell", "-c", PREPARE))
    told, stop, killed = Acknowledged(), threading.Event(), []

    with served(site, tmp_path / "log") as master:
        killer = threading.Thread(
            target=lambda: killed.append(kill_workers(master, told, stop)), daemon=True
        )
        killer.start()
        sign_up_everybody(site, sessions, told)
        stop.set()
        killer.join()
    kept = last_line(site.manage("shell", "-c", SETTLE))

    delivered = mails_delivered(site)
    doubled = sum(sum(ids.values()) - 1 for ids in delivered.values())
    others = sum(len(ids) - 1 for ids in delivered.values())
    figure("workers killed during sign-ups", killed[0], unit="workers")
    assert killed[0] == KILLS
    assert told.gave_up == []
    lost = len(told.people - set(kept["places"]))
    figure("acknowledged places that are missing", lost, unit="places", at_most=0)
    twice = len(kept["places"]) - len(set(kept["places"]))
    figure("places that are there twice", twice, unit="places", at_most=0)
    unmailed = len(set(kept["places"]) - set(delivered)) + kept["unsent"]
    figure("places whose mail is lost", unmailed, unit="mails", at_most=0)
    figure("mails doubled under another Message-ID", others, unit="mails", at_most=0)
    figure("mails doubled in the one gap, under the same", doubled, unit="mails")
    assert len(kept["mails"]) == len(set(kept["mails"])) == len(kept["places"])
