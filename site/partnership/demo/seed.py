"""Makes the demo partnership, in one transaction, the same for the same day."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone, translation
from wagtail.models import Site, Workflow

from consultations.models import ConsultationIndexPage, Contribution
from home.groups import ensure_groups
from home.new_site import SiteIsNotEmpty, is_empty
from partnership.cities.models import City, Neighbourhood
from partnership.demo.alerts import make_alerts
from partnership.demo.annual_reviews import make_annual_review
from partnership.demo.answers import make_answers
from partnership.demo.behind import leave_languages_behind
from partnership.demo.boards import make_boards
from partnership.demo.bond import make_bond
from partnership.demo.calendar import DemoCalendar
from partnership.demo.committees import make_committees, make_contacts
from partnership.demo.consultations import (
    DemoConsultation,
    days_since_it_was_over,
    make_consultations,
)
from partnership.demo.debriefs import make_debriefs
from partnership.demo.disputes import make_disputes
from partnership.demo.drafts import make_drafts
from partnership.demo.drills import make_drills
from partnership.demo.events import make_events
from partnership.demo.following import tell_of_news
from partnership.demo.ideas import make_ideas
from partnership.demo.initiatives import make_initiatives
from partnership.demo.knowledge import make_knowledge
from partnership.demo.live_questions import make_live_questions
from partnership.demo.media_kit import make_media_kit
from partnership.demo.models import DemoSeed
from partnership.demo.moderation import make_moderation
from partnership.demo.news import make_ambassadors, send_news
from partnership.demo.pages import make_front_page, make_indexes, make_standard_pages, make_stories
from partnership.demo.partners import make_partners
from partnership.demo.people import DemoPeople, make_cities, make_people
from partnership.demo.protocols import make_protocols
from partnership.demo.reports import make_reports
from partnership.demo.results import publish_results
from partnership.demo.reviews import make_reviews
from partnership.demo.risks import make_risks
from partnership.demo.roadmaps import change_promises, make_roadmaps
from partnership.demo.signatures import put_in_order
from partnership.demo.texts import can_be_read
from partnership.ledger import append_only
from partnership.pages.languages import DEFAULT
from partnership.pages.models import BasePage
from partnership.refusals import Refused
from partnership.review.models import CityReviewTask

#: What stands in the way of cities and accounts, in the order it can be deleted.
CLEARED = (
    "disputes.Dispute",
    "committees.Meeting",
    "committees.Membership",
    "committees.Contact",
    "committees.Mediator",
    "archive.Debrief",
    "protocols.ProtocolVersion",
    "ambassadors.Ambassador",
    "news.Issue",
    "alerts.Alert",
    "alerts.ChannelTest",
    "alerts.Channel",
    "alerts.EmergencyNumbers",
    "reports.ClosingReport",
    "boards.Board",
    "live_questions.LiveQuestion",
    "live_questions.QuestionTime",
    "drills.CorrectiveAction",
    "drills.AfterActionReview",
    "drills.Checklist",
    "risks.Risk",
    "reviews.AnnualReview",
    "registrations.Registration",
    "moderation.Appeal",
    "moderation.Removal",
    "moderation.Decision",
    "moderation.ReasonTemplate",
    "official.AnswerWish",
    "official.PublishedAnswer",
    "official.OfficialAnswer",
    "official.AnswerSheet",
    "analysis.Quote",
    "analysis.SavedView",
    "analysis.ThemeAnnotation",
    "analysis.CodedText",
    "analysis.Theme",
    "ledger.LedgerEntry",
    "ledger.Conclusion",
    "ledger.Approval",
    "ledger.ApprovalRequest",
    "continuity.StatusChange",
    "continuity.Instrument",
    "snapshots.ResultSnapshot",
    "codes.EntryCode",
    "codes.CodeSheet",
    "consultations.Admission",
    "consultations.AnsweredMark",
    "consultations.Answer",
    "consultations.Response",
    "consultations.PersonTakingPart",
    "consultations.StatementTally",
    "consultations.Vote",
    "promises.PromiseChange",
    "roadmap.EvidenceLink",
    "roadmap.Commitment",
    "consultations.Contribution",
    "drafts.DraftText",
    "consultations.Statement",
    "maps.CityMap",
    "partners.Partner",
)


class NoWordsInTheseLanguages(Refused):
    """The demo's texts are not written in one of the partner languages."""

    code = "no_words"


class TooFarAhead(Refused):
    """Counted from that day, what is over in the demo's story would not be over yet."""

    code = "too_far_ahead"


@transaction.atomic
def seed(*, today: date | None = None, scale: int = 1, force: bool = False) -> DemoSeed:
    """Make the demo partnership.

    ``today`` is the day every date is counted from; ``scale`` multiplies the residents and
    what they said. Raises SiteIsNotEmpty, unless ``force`` clears the site first,
    NoWordsInTheseLanguages when the texts do not cover the partner languages, and TooFarAhead
    for a day later than the last one it can be counted from.
    """
    if not can_be_read():
        raise NoWordsInTheseLanguages(
            "The demo is written in English and Spanish only. For other languages run: "
            "python manage.py start_partnership"
        )
    calendar = DemoCalendar(today or timezone.localdate())
    last = timezone.localdate() + timedelta(days=days_since_it_was_over())
    if calendar.today > last:
        raise TooFarAhead(f"The demo can be counted from {last} at the latest.")
    if not is_empty():
        if not force:
            raise SiteIsNotEmpty("This site has content. Use --force to replace all of it.")
        clear()
    with translation.override(DEFAULT):
        _make(calendar, scale)
    return DemoSeed.objects.create(today=calendar.today, scale=scale)


def _make(calendar: DemoCalendar, scale: int) -> None:
    ensure_groups()
    people = make_people(make_cities(), calendar, scale)
    home = make_front_page(calendar)
    indexes = make_indexes(home, calendar)
    consultations = _make_consultations(indexes.consultations, people, calendar, scale)
    _let_the_database_look()
    pages = {key: demo.page for key, demo in consultations.items()}
    protocols = make_protocols(home.page, people, calendar)
    hosts = make_partners(people, calendar, consultations)
    events = make_events(indexes.events, people, calendar, pages, protocols, hosts=hosts)
    _make_what_events_leave(events, people, calendar, pages)
    roadmaps = make_roadmaps(indexes.roadmaps, people, calendar, consultations, events)
    change_promises(roadmaps[0], people, calendar)
    make_debriefs(events, roadmaps, protocols, calendar)
    make_risks(events, roadmaps[0], people, calendar)
    make_initiatives(home.page, people, calendar, roadmaps, events)
    make_annual_review(roadmaps, people, calendar)
    make_alerts(people, calendar)
    make_answers(consultations, roadmaps, people, calendar)
    make_bond(people, calendar)
    tell_of_news(consultations)
    publish_results(consultations, calendar)
    stories = make_stories(home, calendar, roadmaps)
    make_committees(home, people, calendar, roadmaps)
    make_contacts(home, people, calendar)
    make_media_kit(home, calendar)
    make_disputes(people, calendar, protocols)
    make_knowledge(home.page, people.cities, calendar, events, roadmaps, hosts)
    leave_languages_behind(events=events, stories=stories, people=people, calendar=calendar)
    make_ambassadors(events, people, calendar)
    send_news(people, calendar, scale)
    texts = make_standard_pages(home, calendar, indexes)
    home.tell(consultations=pages, events=events, roadmaps=roadmaps, stories=stories)
    under_review = {f"event:{key}": page for key, page in events.items()}
    under_review |= {f"page:{key}": page for key, page in texts.items()}
    make_reviews(home.page, people, under_review)
    put_in_order()


def _let_the_database_look() -> None:
    """Let PostgreSQL see how much was said: nobody else can before the transaction is over.

    Thinking that the tables are empty it takes longer than a statement may.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _make_consultations(
    index: ConsultationIndexPage, people: DemoPeople, calendar: DemoCalendar, scale: int
) -> dict[str, DemoConsultation]:
    """The consultations with everything that was said in them, and what moderators did."""
    consultations = make_consultations(index, people, calendar, scale)
    make_ideas(consultations, people, calendar)
    make_drafts(consultations, people, calendar)
    make_moderation(consultations, people, calendar, scale)
    return consultations


def _make_what_events_leave(
    events: dict[str, Any], people: DemoPeople, calendar: DemoCalendar, pages: dict[str, Any]
) -> None:
    make_drills(events, people, calendar)
    make_boards(events, people, pages)
    make_reports(events, people, pages)
    make_live_questions(events, people, calendar)


def clear() -> None:
    """Delete all pages, everything said and everybody."""
    DemoSeed.objects.all().delete()
    Contribution.objects.exclude(parent=None).delete()  # replies hold on to what they answer
    for name in ("risks.Risk", "risks.RiskRating"):  # they and what was seen hold each other
        apps.get_model(name).objects.update(observation=None, lesson=None)
    with append_only.lifted():
        for name in CLEARED:
            apps.get_model(name).objects.all().delete()
    BasePage.fix_tree()
    for page in BasePage.objects.filter(depth=2):
        page.specific.delete()
    Workflow.objects.filter(workflow_tasks__task__in=CityReviewTask.objects.all()).delete()
    City.objects.update(logo=None)
    apps.get_model("pages.Photo").objects.all().delete()
    apps.get_model("people.Participant").objects.all().delete()
    apps.get_model("people.Resident").objects.all().delete()
    Neighbourhood.objects.all().delete()
    City.objects.all().delete()
    Site.clear_site_root_paths_cache()
