"""What tests of live questions begin with."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from events.questions.groups import ensure_groups
from events.questions.models import QuestionTime
from partnership.pages.groups import ensure_groups as ensure_editors
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.live_questions import make_time
from tests.factories.people import ResidentFactory


@pytest.fixture
def time() -> QuestionTime:
    """The open questions of Quay day, which is a joint event."""
    city_pair()
    return make_time(make_event(title="Quay day"))


@pytest.fixture
def editor(client: Client) -> Resident:
    """An editor of Puerto Almendro, signed in."""
    ensure_editors()
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[1])
    client.force_login(editor)
    return editor


@pytest.fixture
def hall(client: Client, time: QuestionTime) -> Any:
    """Let a browser come into the hall of a city of Quay day; the client's, unless told."""

    def enter(code: str = "puerto", browser: Client = client) -> Client:
        typed = {"code": time.code.lower(), "hall": code}
        browser.post("/en/events/quay-day/questions/come-in/", typed)
        return browser

    return enter
