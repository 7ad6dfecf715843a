"""What one may not change has no history and no usage to look at either."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail import hooks

from partnership.pages.groups import EDITORS, ensure_groups
from partnership.pages.models import BasePage
from partnership.people.models import Resident
from tests.factories.boards import make_board
from tests.factories.cities import city_pair
from tests.factories.committees import make_committee
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.drills import make_drill
from tests.factories.events import make_event, make_past_event
from tests.factories.live_questions import make_time
from tests.factories.official import make_answer, make_closed_consultation
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_report
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

MAKE = {
    "boards": lambda city: make_board(make_event(cities=[city])),
    "closing_reports": lambda city: make_report(make_past_event(cities=[city])),
    "commitments": lambda city: make_commitment(make_roadmap(2030 + city.pk, cities=[city])),
    "drill_items": lambda city: make_drill("Call", cities=[city]).items.get(),
    "statements": lambda city: StatementFactory(consultation=make_consultation(cities=[city])),
}
CHANGE = [
    *("change_board", "change_closingreport", "change_commitment"),
    *("change_drillitem", "change_statement"),
]


@pytest.mark.parametrize("screens", MAKE)
def test_another_citys_things_show_neither_history_nor_usage(client, unwritten, screens):
    alder, puerto = city_pair()
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    editor.user_permissions.set(Permission.objects.filter(codename__in=CHANGE))
    editor.edits_for.add(alder)
    client.force_login(editor)
    looked = {}
    for city in (alder, puerto):
        thing = MAKE[screens](city)
        views = (f"{screens}:{view}" for view in ("history", "history_results", "usage"))
        pages = [client.get(reverse(view, args=(thing.pk,))) for view in views]
        looked[city] = [page.status_code for page in pages]

    assert looked == {alder: [200, 200, 200], puerto: [404, 404, 404]}


def answered(**fields):
    consultation = make_closed_consultation(**fields)
    make_answer(consultation, statement=StatementFactory(consultation=consultation))
    return consultation


OFFER = {
    "statements": lambda city: make_consultation(title="Their draft", cities=[city]),
    "official_answers": lambda city: answered(title="Their draft", cities=[city]),
    "drill_items": lambda city: make_drill("Call", title="Their draft", cities=[city]),
    "live_questions": lambda city: make_time(make_event(title="Their draft", cities=[city])).event,
    "memberships": lambda city: make_committee("Their draft", cities=[city]),
    "meetings": lambda city: make_committee("Their draft", cities=[city]),
    "commitments": lambda city: make_roadmap(
        **in_every_language(title="Their draft"), cities=[city]
    ),
}


@pytest.mark.parametrize("screens", OFFER)
@pytest.mark.usefixtures("site_tree")
def test_filters_offer_no_draft_of_another_city(client, screens):
    alder, puerto = city_pair()
    page = OFFER[screens](puerto)
    BasePage.objects.filter(pk=page.pk).update(live=False)
    kind = reverse(f"{screens}:index")
    names = ("drillitem", "statement", "officialanswer", "livequestion", "membership", "meeting")
    names += ("commitment",)
    may = Permission.objects.filter(codename__in=[f"change_{name}" for name in names])
    told = {}
    for city in (alder, puerto):
        editor = ResidentFactory(is_staff=True)
        editor.user_permissions.set([*may, Permission.objects.get(codename="access_admin")])
        editor.edits_for.add(city)
        client.force_login(editor)
        told[city] = "Their draft" in client.get(kind).content.decode()

    assert told == {alder: False, puerto: True}


def test_what_waits_for_a_moderator_shows_neither(client):
    client.force_login(Resident.objects.create_superuser("admin@example.org", name="Admin"))
    waiting = StatementFactory(publication_status="pending", participant=make_participant())

    views = [f"statements:{view}" for view in ("edit", "history", "history_results", "usage")]
    codes = [client.get(reverse(view, args=(waiting.pk,))).status_code for view in views]

    assert codes == [404, 404, 404, 404]


def test_no_button_leads_from_another_citys_event_to_what_is_refused():
    alder, puerto = city_pair()
    past, asked_at = make_past_event(cities=[puerto]), make_event(cities=[puerto])
    make_time(asked_at)
    names = ("view_registration", "change_livequestion", "change_closingreport")
    told = {}
    for city in (alder, puerto):
        editor = ResidentFactory(is_staff=True)
        editor.user_permissions.set(Permission.objects.filter(codename__in=names))
        editor.edits_for.add(city)
        told[city] = [labels_of(page, editor) for page in (past, asked_at)]

    # nobody has opened questions at the first, and to open them is another permission
    assert told == {
        alder: [set(), set()],
        puerto: [{"Places", "Closing report"}, {"Places", "Live questions"}],
    }


def labels_of(page, user):
    found = (
        button
        for hook in hooks.get_hooks("register_page_header_buttons")
        for button in hook(page=page, user=user, next_url="", view_name="edit")
    )
    return {str(each.label) for each in found} & {"Places", "Live questions", "Closing report"}
