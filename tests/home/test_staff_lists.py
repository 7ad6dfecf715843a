"""Every list of the staff asks the same for many rows as for three."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site

from consultations.analysis.models import Theme
from consultations.codes.services import make_codes
from consultations.enums import Participation
from consultations.models import ConsultationPage
from consultations.moderation.enums import HidingReason
from consultations.moderation.models import ReasonTemplate
from consultations.moderation.services.appeals import appeal
from consultations.moderation.services.removals import ask_for_removal
from events.drills.models import AfterActionReview
from home.alerts.models import EmergencyNumbers
from home.groups import ensure_groups
from home.news.models import Issue
from home.protocols.services import begin_version
from partnership.people.models import Resident
from tests.factories.alerts import make_alert, make_channel
from tests.factories.ambassadors import make_ambassador
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.boards import make_board
from tests.factories.cities import CityFactory, NeighbourhoodFactory, city_pair
from tests.factories.committees import (
    add_meeting,
    add_seat,
    days_ago,
    make_committee,
    make_contact,
    make_mediator,
)
from tests.factories.consultations import ContributionFactory, StatementFactory, make_consultation
from tests.factories.continuity import let_it_stand, make_instrument
from tests.factories.disputes import make_dispute
from tests.factories.drafts import write_draft
from tests.factories.drills import make_action, make_checklist, make_drill, make_observation
from tests.factories.events import make_event, make_past_event
from tests.factories.live_questions import make_question, make_time
from tests.factories.maps import make_map
from tests.factories.moderation import make_hidden, make_moderator
from tests.factories.official import make_answer, make_closed_consultation
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.partners import make_partner
from tests.factories.people import ResidentFactory
from tests.factories.protocols import make_protocol
from tests.factories.registrations import RegistrationFactory
from tests.factories.reports import make_report
from tests.factories.reviews import make_draft as make_review
from tests.factories.risks import make_owner, make_plan, make_risk
from tests.factories.roadmap import make_commitment, make_roadmap
from tests.factories.translations import proposal
from tests.factories.voices import make_voice

pytestmark = pytest.mark.django_db

#: More than one page of a list shows.
FEW, MANY = 3, 24
#: Where each row needs a page; a list that asks for every row is seen as well.
MANY_PAGES = 7


def a_city(number: int) -> Any:
    """Every row has its own, so that one that is asked for again and again is seen."""
    return CityFactory(code=f"listed-{number}")


def ahead(number: int) -> Any:
    return make_event(title=f"Event {number}", cities=city_pair())


def behind(number: int) -> Any:
    return make_past_event(title=f"Event {number}", cities=city_pair())


def asked_about(number: int) -> Any:
    return make_consultation(title=f"Question {number}", cities=city_pair())


def planned(number: int) -> Any:
    return make_roadmap(2030 + number, cities=city_pair())


def threatened(number: int) -> Any:
    risk = make_risk(f"Risk {number}", cities=city_pair())
    make_owner(risk)
    return risk


def observed(number: int) -> Any:
    drill = make_drill("Pumps", title=f"Drill {number}", cities=city_pair())
    return make_observation(drill, f"Seen {number}")


#: By the name of their screens: what makes a row, with all that is its own.
ROWS: dict[str, Callable[[int], Any]] = {
    "city": a_city,
    "neighbourhoods": lambda n: NeighbourhoodFactory(city=city_pair()[n % 2]),
    "outgoing_mail": lambda n: OutgoingMailFactory(),
    "instruments": lambda n: make_instrument(f"Ordinance {n}", city=city_pair()[n % 2]),
    "partner_entries": lambda n: make_partner(f"House {n}", city=city_pair()[n % 2]),
    "partner_voices": lambda n: make_voice(make_partner(f"House {n}", city=city_pair()[n % 2])),
    "contacts": lambda n: make_contact(f"Office {n}", city=city_pair()[n % 2]),
    "mediators": lambda n: make_mediator(f"Mediator {n}"),
    "disputes": lambda n: make_dispute(f"Bus {n}"),
    "alerts": lambda n: make_alert(f"Alert {n}", cities=city_pair()),
    "channels": lambda n: make_channel(purpose=f"Channel {n}"),
    "emergency_numbers": lambda n: EmergencyNumbers.objects.create(city=a_city(n)),
    "news_issues": lambda n: Issue.objects.create(day=days_ago(-7 * n)),
    "checklists": lambda n: make_checklist("One", "Two"),
    "risks": threatened,
    "contingency_plans": lambda n: make_plan(threatened(n)),
    "reason_templates": lambda n: ReasonTemplate.objects.create(reason="other"),
    "city_maps": lambda n: make_map(a_city(n)),
    "wagtailsites": lambda n: Site.objects.create(
        hostname=f"h{n}.example", root_page=Site.objects.get(is_default_site=True).root_page
    ),
    "wagtailusers_users": lambda n: ResidentFactory(is_staff=True),
    "wagtailusers_groups": lambda n: Group.objects.create(name=f"Group {n}"),
}
#: The same, each row with a page of its own, which takes its time.
OF_PAGES: dict[str, Callable[[int], Any]] = {
    "debriefs": lambda n: add_lesson(make_debrief(behind(n))),
    "status_changes": lambda n: let_it_stand(("paused", "active")[n % 2]),
    "memberships": lambda n: add_seat(make_committee(f"Committee {n}")),
    "meetings": lambda n: add_meeting(make_committee(f"Committee {n}"), "Ramps", "Benches"),
    "ambassadors": lambda n: make_ambassador(
        event=None, email=f"a{n}@example.org", cities=city_pair()
    ),
    "protocol_versions": lambda n: begin_version(make_protocol(f"Protocol {n}")),
    "places": lambda n: RegistrationFactory(event=ahead(n), city=city_pair()[0]),
    "drill_items": lambda n: make_drill("Pumps", title=f"Drill {n}", cities=city_pair()),
    "after_action_reviews": lambda n: AfterActionReview.objects.create(
        drill=make_drill(title=f"Drill {n}", cities=city_pair()), held_on=days_ago(2)
    ),
    "corrective_actions": lambda n: make_action(observed(n), due=days_ago(n)),
    "boards": lambda n: make_board(ahead(n)),
    "closing_reports": lambda n: make_report(behind(n)),
    "question_times": lambda n: make_time(ahead(n)),
    "live_questions": lambda n: make_question(make_time(ahead(n)), f"Why {n}?"),
    "statements": lambda n: StatementFactory(consultation=asked_about(n)),
    "commitments": lambda n: make_commitment(planned(n), led_by=city_pair()),
    "annual_reviews": lambda n: make_review(planned(n)),
    "draft_texts": lambda n: write_draft(consultation=asked_about(n)),
    "themes": lambda n: Theme.objects.create(consultation=asked_about(n)),
    "official_answers": lambda n: answered(n),
}


def answered(number: int) -> Any:
    consultation = make_closed_consultation(title=f"Question {number}", cities=city_pair())
    return make_answer(consultation, statement=StatementFactory(consultation=consultation))


def waiting(number: int) -> Any:
    """A comment and a proposal of the same consultation that wait for a moderator."""
    about = {"consultation": asked_about(number), "publication_status": "pending"}
    return ContributionFactory(**about), StatementFactory(**about)


def appealed(number: int) -> Any:
    """Words that one city has hidden, and whose author asks the other one."""
    consultation, moderator = asked_about(number), make_moderator(city_pair()[number % 2])
    _comment, decision = make_hidden(moderator, consultation=consultation)
    return appeal(decision, text="It names nobody.", language_code="en", form_token=None)


def to_be_removed(number: int) -> Any:
    consultation, moderator = asked_about(number), make_moderator(city_pair()[number % 2])
    comment, _decision = make_hidden(moderator, consultation=consultation)
    return ask_for_removal(comment, by=moderator, reason=HidingReason.values[0])


def sheet_of_codes(number: int) -> Any:
    """All of one consultation; another person has made each of them."""
    asks_for_codes, maker = ConsultationPage.objects.get(), ResidentFactory(is_staff=True)
    city = city_pair()[number % 2]
    return make_codes(asks_for_codes, city=city, number=2, by=maker, form_token=None)


#: What is no viewset's: the address of a list and its rows.
OTHERS: dict[str, Callable[[int], Any]] = {
    "moderation_queue": waiting,
    "appeals": appealed,
    "removals": to_be_removed,
    "analysis": asked_about,
    "exports:index": asked_about,
    "translation_proposals": lambda n: proposal(
        contribution=ContributionFactory(consultation=asked_about(n))
    ),
}


def test_no_list_is_left_out():
    reverse("wagtailadmin_home")  # they are there as soon as somebody asks for an address
    found = {one.name for one in viewsets.viewsets if isinstance(one, ModelViewSet)}

    assert found == {*ROWS, *OF_PAGES}


@pytest.fixture(scope="module")
def visitors(shared_db: None) -> list[Client]:
    """An administrator, and somebody of every group who works for both cities."""
    ensure_groups()
    cities = city_pair()
    admin = Resident.objects.create_superuser("admin@example.org", name="Admin")
    editor = ResidentFactory(is_staff=True)
    editor.groups.set(Group.objects.all())
    editor.edits_for.set(cities)
    clients = [Client(), Client()]
    for client, person in zip(clients, (admin, editor), strict=True):
        client.force_login(person)
    return clients


def asked_by(visitors: list[Client], address: str) -> int:
    """How many queries the first of them makes whose list it is."""
    for visitor in visitors:
        # What is asked once per process, or after a change, is asked before.
        if visitor.get(address).status_code == 200:
            break
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", [*ROWS, *OF_PAGES, *OTHERS])
def test_a_list_asks_the_same_for_any_number_of_rows(name, visitors):
    """Of the administrator and of the editor in turn, or of the one whose list it is."""
    every = {**ROWS, **OF_PAGES, **OTHERS}
    make, turn = every[name], list(every).index(name)
    address = reverse(name if name in OTHERS else f"{name}:index")
    in_turn = visitors[:: 1 if turn % 2 else -1]
    cost_the_same(in_turn, address, make, most=MANY if name in ROWS else MANY_PAGES)


def test_the_sheets_of_codes_of_a_consultation_are_such_a_list(visitors):
    asks_for_codes = make_consultation(participation=Participation.VERIFIED, cities=city_pair())

    address = reverse("codes", args=(asks_for_codes.pk,))
    cost_the_same(visitors, address, sheet_of_codes, most=MANY_PAGES)


def cost_the_same(visitors: list[Client], address: str, make: Any, *, most: int) -> None:
    for number in range(FEW):
        make(number)
    few = asked_by(visitors, address)
    for number in range(FEW, most):
        make(number)

    assert asked_by(visitors, address) == few


def test_filters_offer_only_what_the_list_of_this_editor_can_show(visitors):
    alder, puerto = city_pair()
    for city in (alder, puerto):
        make_question(make_time(make_event(title=f"Walk in {city}", cities=[city])))
        consultation = make_closed_consultation(title=f"Quay of {city}", cities=[city])
        make_answer(consultation, statement=StatementFactory(consultation=consultation))
    _admin, editor = visitors
    Resident.objects.get(is_staff=True, is_superuser=False).edits_for.set([alder])

    for name, title in (("live_questions", "Walk in"), ("official_answers", "Quay of")):
        page = editor.get(reverse(f"{name}:index")).content.decode()
        assert f"{title} {alder}" in page
        assert f"{title} {puerto}" not in page
