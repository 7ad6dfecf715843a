"""Who may come in where: every address of the site, asked by everybody.

A new address without a rule fails. Whoever has no business there is refused and writes nothing;
whoever has is let in. Pages are not drawn here, and what they show is tested in their rooms.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Contribution, Statement
from events.models import EventPage
from home.models import PartnershipSettings
from partnership.ledger.models import ApprovalRequest
from partnership.people.models import Resident
from tests.demo.asking import HOME, NOT_THERE, answers_to, is_refused, tried
from tests.tools.turns import EVERYBODYS

pytestmark = pytest.mark.usefixtures("demo", "db")

VISITOR = "visitor"
EDITORS = frozenset(("editor.alder", "editor.puerto", "admin"))
MODERATORS, ANALYSTS = frozenset(("moderator", "admin")), frozenset(("analyst", "admin"))
ADMINS = MODERATORS & ANALYSTS
STAFF = EDITORS | MODERATORS | ANALYSTS
RESIDENTS = STAFF | {"resident.alder"}
OUTSIDE = frozenset((VISITOR, "resident.alder"))
NOBODY: frozenset[str] = frozenset()
EVERYBODY = RESIDENTS | {VISITOR}

#: By the name of an address with its namespace, or by how it begins where that ends in ":" or "_".
MAY = {
    EVERYBODY: (
        *("demo_mail", "demo_letter", "front_door", "sitemap", "robots", "healthz", "readyz"),
        *("clockz", "theme", "media", "feed"),
        "partnership",
        *("partners", "media_kit_file"),
        *("search", "lessons", "how_we_count", "roadmap_commitments_csv", "moderation_log"),
        "year_file",
        *("roadmap_delivery", "roadmap_table_csv", "roadmap_json"),
        "annual_review",
        *("ledger", "ledger_file", "ledger_entry", "ledger_content", "open_data"),
        "protocol_version",
        *("parity", "parity_all", "parity_year", "parity_file"),
        *("consultation_open_data", "consultation_open_data_file"),
        *("risk_register", "risk_register_csv", "risk"),
        *("disputes", "dispute"),
        *("initiatives_csv", "initiatives_json"),
        *("consultation_drafts", "consultation_draft", "consultation_paragraph"),
        *("consultation_vote", "consultation_answer", "consultation_guest", "consultation_code"),
        *("consultation_receipt", "consultation_paper", "consultation_comment"),
        *("consultation_propose", "consultation_statement", "consultation_thread"),
        *("consultation_ideas", "consultation_write_idea", "consultation_idea"),
        *("consultation_support", "consultation_report", "consultation_hear"),
        # guests come back to them with the code of a mail, and meet nothing before it
        *("consultation_edit", "consultation_withdraw", "consultation_sign_in"),
        *("consultation_results", "code_on_paper", "translate_comment", "appeal_by_link"),
        *("consultation_answers", "consultation_comment_place", "consultation_results_file"),
        "stop_mails",  # with a signed key of somebody's
        "guardian",
        *("alerts", "alert", "alerts_feed", "alert_mails_stop", "emergency"),
        *("news", "news_code", "news_choices", "news_stop"),
        *("ambassadors", "ambassador_ask", "ambassador_leave"),
        "partner_said",
        *("place_change", "place_give_back", "guest_own_", "event_sign_up_code"),
        *(
            "wagtailadmin_password_reset_",
            "event_sign_up",
            "events_",
            "event_calendar",
            "event_board",
            "event_questions",
            "event_questions_",
            "live_questions_",
            "door_scan",
            "place",
        ),
        *(
            "guest_own",
            "no_waiting",
            "account_logout",
            "account_login",
            "account_request_login_code",
            "account_signup",
        ),
        *("account_confirm_login_code", "account_inactive", "account_reset_password"),
        *("account_email_verification_sent", "account_confirm_password_reset_code"),
        *("account_complete_password_reset", "account_password_reset_completed"),
        "mfa_authenticate",  # between the password and being in
        # to an identity provider and back; the demo has none
        *("identity_start", "identity_return", "identity_done", "socialaccount_signup"),
        *("identity_address", "identity_sign_out"),
        # With a key that nobody has, or nothing of anybody's in it.
        *("wagtail_serve", "wagtaildocs_serve", "wagtaildocs_authenticate_with_password"),
        *("wagtailcore_authenticate_with_password", "wagtailadmin_sprite"),
        *("wagtailadmin_javascript_catalog", "wagtailadmin_password_reset", "door_place"),
    ),
    RESIDENTS: (
        *("account_details", "account_erase", "account_copy"),
        "socialaccount_connections",
        *("account_email", "account_change_password", "account_set_password"),
        *("account_reauthenticate", "mfa_reauthenticate", "mfa_index", "mfa_activate_totp"),
        *("account_request_reauthentication_code", "account_confirm_reauthentication_code"),
        *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        "alert_mails",
        "my_ambassador",
        "my_partner_voice",
        *("my_participation", "cancel_place", "drill_checklist", "appeal_as_author"),
        "correct_own_language",
        *(
            "admin_sign_in",
            "wagtailadmin_login",
            "wagtailcore_login",
        ),  # they lead on who is signed in already
    ),
    # Wagtail's screens that show nobody more than what is theirs, or ask for a thing of theirs.
    STAFF: (
        *("wagtail_bulk_action", "wagtailadmin_", "wagtailadmin_api:", "wagtailembeds:"),
        *("wagtailadmin_editing_sessions:", "wagtailimages_chooser:", "wagtaildocs_chooser:"),
        *("wagtailadmin_pages:revisions_index", "wagtailadmin_workflows:task_"),
        "wagtailadmin_pages:confirm_workflow_cancellation",
        *("wagtailadmin_reports:site_history", "wagtailadmin_reports:site_history_results"),
        *("statement_chooser:", "contribution_chooser:", "question_chooser:"),
    ),
    EDITORS: (
        *("wagtailadmin_explore", "wagtailadmin_explore_", "wagtailadmin_pages:"),
        *("wagtailforms:", "wagtaildocs:", "wagtailimages:", "wagtailadmin_reports:"),
        *("wagtailimages_chooser:create", "wagtaildocs_chooser:create"),
        *("languages_report_results", "city_review_preview", "event_door_", "codes_"),
        *("languages_report", "approval", "city_review", "event_places:", "event_door", "places:"),
        "door_paper",
        *("paper_", "codes", "debriefs:", "checklists:", "drill_items:", "corrective_actions:"),
        *("after_action_reviews:", "boards:", "closing_reports:", "statements:", "commitments:"),
        *("official_answers:", "answer_sheet", "neighbourhoods:"),
        *("risks:", "contingency_plans:"),
        "annual_reviews:",
        *("instruments:", "status_changes:", "what_comes_next"),
        "partner_entries:",
        "partner_voices:",
        *("memberships:", "meetings:", "contacts:", "mediators:"),
        "protocol_versions:",
        "draft_texts:",
        "disputes:",
        *("alerts:", "alert_over", "channels:", "channel_tested", "emergency_numbers:"),
        "news_issues:",
        "city_maps:",
        "question_times:",
    ),
    MODERATORS: (
        *("moderation_queue", "moderation_together", "moderation_decision", "proposal_"),
        *("staff_translation", "correct_language", "translation_", "appeals", "appeal_decision"),
        *("removals", "removal_"),
    ),
    MODERATORS | EDITORS: (
        *("reason_templates:", "ambassadors:"),
        *("live_questions:", "event_questions_chair"),
    ),
    ANALYSTS: ("exports:", "answer_points"),
    ANALYSTS | EDITORS: ("analysis", "analysis_", "themes:", "final_results"),
    # Screens that Wagtail brings along and our rows have no use for.
    NOBODY: (
        *("city:delete", "places:add", "places:edit", "places:delete", "places:history"),
        *("places:usage", "places:history_results", "alerts:delete"),
        *("status_changes:edit", "status_changes:delete"),
        "disputes:delete",
        *("status_changes:history", "status_changes:history_results", "status_changes:usage"),
        *("news_issues:add", "news_issues:delete", "ambassadors:add", "ambassadors:delete"),
        *("live_questions:add", "live_questions:delete"),
    ),
    ADMINS: (
        *("handover_pack", "redirects_import"),
        *("city:", "outgoing_mail:", "wagtailusers_", "wagtailsites:", "wagtailredirects:"),
        *("wagtailadmin_collections:", "wagtailadmin_workflows:", "wagtailsettings:"),
        *("wagtailadmin_reports:locked_pages", "wagtailadmin_reports:locked_pages_results"),
        *("wagtailadmin_pages:lock", "wagtailadmin_pages:unlock", "wagtailsnippets:"),
    ),
}
RULES = {beginning: who for who, beginnings in MAY.items() for beginning in beginnings}
#: An error on purpose, by which Wagtail tries out the page that tells of one.
LEFT_OUT = frozenset(("wagtailadmin_error_test",))
#: To the same with a number, which asks who it is.
LEADS_ON = "admin/settings/<slug:app_name>/<slug:model_name>/"
#: A word for what is filled into an address and leads to nothing.
NOTHING = "b1c9d1a2-0000-4000-8000-000000000000"
#: Where the demo has nothing for an administrator; their rooms make things and ask others.
EMPTY = {
    *("analysis_forget_view", "appeal_as_author", "cancel_place", "codes_withdraw"),
    *("correct_own_language", "drill_checklist"),
    *("exports:job", "paper_take_out", "removal_decision"),
    "socialaccount_connections",  # no identity provider
    "",  # whatever else begins with admin/
}
METHODS = ("GET", "POST")
#: The same business, each for a city.
BY_CITY = ("editor.alder", "editor.puerto")


def rule_of(name: str) -> str:
    """The rule of that very name, else the longest beginning it has one for; empty for none."""
    beginnings = [one for one in RULES if one.endswith((":", "_")) and name.startswith(one)]
    return name if name in RULES else max(beginnings, key=len, default="")


class Address(NamedTuple):
    """One entry of the resolver."""

    name: str
    route: str

    @property
    def who(self) -> frozenset[str] | None:
        """Who may come in; None where nobody has said so."""
        if not self.name and self.route.startswith("admin/"):
            return STAFF
        return RULES.get(rule_of(self.name))

    @property
    def is_one_of_many(self) -> bool:
        """Whether it is a screen of a room whose screens ask for the same rights."""
        return ":" in self.name


def addresses(resolver: Any = None, before: str = "", space: str = "") -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, route, inner)
        elif entry.name not in LEFT_OUT and route != LEADS_ON:
            yield Address(f"{space}{entry.name}" if entry.name else "", route)


EVERY = sorted(set(addresses()))


@pytest.fixture
def visitors(client: Client) -> dict[str, Client]:
    """Everybody, each with a browser of their own."""
    clients = {VISITOR: client}
    for name in sorted(RESIDENTS):
        clients[name] = Client()
        clients[name].force_login(Resident.objects.get(email=f"{name}@demo.example"))
    for one in clients.values():
        one.raise_request_exception = False
    return clients


class Filler:
    """Fills addresses with what there is in the demo."""

    def __init__(self) -> None:
        consultation = ConsultationPage.objects.get(slug="safe-routes-to-school")
        event = EventPage.objects.get(slug="redrawing-the-school-street")
        page = str(consultation.pk)
        self.words = {
            "event_id": str(event.pk),
            "consultation_id": page,
            "pk": page,
            "page_id": page,
            "parent_page_id": page,
            "slug": consultation.slug,
            "page_to_move_id": page,
            "app_name": "home",
            "model_name": "partnershipsettings",
        }
        self.event_slug = event.slug
        self.firsts = {
            "comment": Contribution.objects.filter(consultation=consultation),
            "proposals": Statement.objects.filter(publication_status=PublicationStatus.PENDING),
            "approvals": ApprovalRequest.objects.all(),
            "admin/settings/": PartnershipSettings.objects.all(),
            **{
                f"admin/{one.url_prefix}/": one.model._default_manager.all()
                for one in viewsets.viewsets
                if isinstance(one, ModelViewSet)
            },
        }

    def address(self, route: str) -> str:
        """The path of that address, with things in it that exist."""
        words = dict(self.words)
        for part, rows in self.firsts.items():
            if part in route and "consultations/<int:pk>" not in route:
                words["pk"] = str(rows.order_by("pk").values_list("pk", flat=True).first() or 1)
        if route.startswith(("en/events", "en/drills", "es/")):
            words["slug"] = self.event_slug

        def word(found: re.Match[str]) -> str:
            kind, _colon, name = found[1].rpartition(":")
            return words.get(name) or {"int": "1", "uuid": NOTHING}.get(kind, "x")

        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route.strip("^$")).replace(r"\Z", "")
        plain = plain.replace("<kind>", "comment").replace("^", "").replace("$", "")
        return "/" + re.sub(r"<([^>]+)>", word, plain)


def test_every_address_has_a_rule_and_every_rule_an_address():
    found = {rule_of(one.name) for one in EVERY if one.name}

    assert [one for one in EVERY if one.who is None] == []
    assert set(RULES) - found == set()


def strangers_to(one: Address, turn: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everybody who has no business there, with the method they try first: both are tried there.

    Who begins with which changes from one address to the next. Who works nowhere in the admin stops
    at the door that all of it has: a visitor and a resident come to it in turn. Of a room with many
    screens each refuses every second stranger. `make bench` sends everybody to every address with
    every method.
    """
    strangers = sorted({*RESIDENTS, VISITOR} - one.who)
    if EVERYBODYS:
        yield from product(strangers, [(method,) for method in METHODS])
        return
    if one.route.startswith("admin/") and set(strangers) >= OUTSIDE:
        strangers.remove(sorted(OUTSIDE)[turn // 2 % 2])
    if one.is_one_of_many:
        strangers = strangers[turn % 2 :: 2] or strangers
    elif len(strangers) == 1:
        strangers *= 2
    for number, visitor in enumerate(strangers):
        yield visitor, METHODS[:: 1 if (turn // 2 + number) % 2 else -1]


def test_who_has_no_business_there_is_refused_and_writes_nothing(visitors, unwritten):
    fill, wrong = Filler().address, []
    for turn, one in enumerate(EVERY):
        path = fill(one.route)
        for visitor, methods in strangers_to(one, turn):
            wrong += [
                (one.name, method, visitor, answer.status_code, seen)
                for method, answer, seen in tried(visitors[visitor], path, methods)
                if seen or not is_refused(answer)
            ]

    assert wrong == []


def test_who_has_business_there_is_let_in(visitors, unwritten):
    """And finds something there, or the refusals of others would tell nothing.

    The editors of one city and those of the other come in turn, and with them administrators.
    """
    fill, wrong, empty = Filler().address, [], set()
    for turn, one in enumerate(EVERY):
        if one.name.startswith(("wagtail", "city_review")) or one.who in {EVERYBODY, NOBODY}:
            continue  # their own tests say what they let in; nothing is to be approved here
        path, codes = fill(one.route), set()
        for visitor in let_in(one, turn):
            answer = visitors[visitor].get(path)
            code, leads = answer.status_code, answer.headers.get("Location", "")
            codes.add(code)
            if code in {401, 403} or code >= 500 or leads == HOME or "/sign-in/" in leads:
                wrong.append((one.name, visitor, code))
        if codes <= NOT_THERE and answers_to(visitors["admin"], path) <= NOT_THERE:
            empty.add(one.name)

    assert wrong == []
    assert empty == EMPTY


def let_in(one: Address, turn: int) -> list[str]:
    """Who comes in at this turn: administrators to every second address that others have, too.

    To the screens of a room with many they come one after the other.
    """
    if EVERYBODYS:
        return sorted(one.who)
    if one.is_one_of_many:
        return [sorted(one.who)[turn % len(one.who)]]
    found = sorted(one.who - {BY_CITY[turn % 2]})
    return [name for name in found if name != "admin" or turn % 4 < 2 or found == ["admin"]]


def test_no_form_of_ours_sent_empty_ends_in_an_error(visitors, unwritten):
    """Those of the admin are sent, and drawn, in test_crafted_forms.py."""
    fill, broken = Filler().address, []
    for one in EVERY:
        if one.name.startswith(("wagtail", "account_")) or one.route.startswith("admin/"):
            continue
        with transaction.atomic():
            answer = visitors["admin"].post(fill(one.route))
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            broken.append(one.name)

    assert broken == []
    assert visitors["admin"].get(HOME).status_code == 200  # and was signed in to the end
