"""A small site in whatever languages there are: a page of every type, and people who spoke."""

import json
from datetime import timedelta
from types import SimpleNamespace

from django.core.management import call_command
from django.utils import timezone

from consultations.initiatives.models import (
    CampaignPage,
    InitiativeIndexPage,
    ProgrammePage,
    ServedCommitment,
)
from consultations.models import ConsultationIndexPage, ConsultationPage
from consultations.roadmap.models import RoadmapIndexPage, RoadmapPage
from events.models import (
    CharrettePage,
    DrillPage,
    EventIndexPage,
    ExchangePage,
    ExhibitionPage,
    FestivalPage,
    PlanningSessionPage,
)
from home.committees.models import CommitteeIndexPage, CommitteePage, ContactsPage
from home.knowledge.models import (
    CaseStudyPage,
    CityRule,
    HarmonisedRulePage,
    KnowledgeIndexPage,
    PracticePage,
)
from home.media_kit.models import MediaKitPage
from home.models import StandardPage, StoryIndexPage, StoryPage
from home.protocols.models import ProtocolIndexPage, ProtocolPage
from partnership.cities.models import City
from partnership.pages.languages import CODES, localized
from partnership.pages.models import BasePage
from partnership.people.models import Participant
from tests.factories.consultations import (
    EVERYTHING,
    ContributionFactory,
    StatementFactory,
    make_phase,
    make_question,
)
from tests.factories.events import add_programme_item, add_provision, add_venue
from tests.factories.home import add_step
from tests.factories.pages import add_page, leave_as_migrated
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import cite, make_commitment
from tests.pairs.words import said, say


def make_living_site() -> SimpleNamespace:
    """Begin a partnership as a city would, and fill it; give the pages by name."""
    leave_as_migrated()
    call_command("start_partnership", verbosity=0)
    for city, name in zip(City.objects.all(), ("Nørrebro", "Łęgi", "المدينة"), strict=False):
        City.objects.filter(pk=city.pk).update(**{localized("name", code): name for code in CODES})
    site = SimpleNamespace(home=BasePage.objects.get(slug="front-page").specific)
    _name_the_lists()
    _add_events(site)
    _add_consultation(site)
    _add_roadmap(site)
    _add_texts(site)
    _add_who_and_how(site)
    _add_initiatives(site)
    _add_what_was_learned(site)
    add_step(site.home, say("story", CODES[0]), page=site.story)
    return site


def body(thing: str) -> dict[str, str]:
    """A text of a heading and a paragraph in each language."""
    return {
        localized("body", code): json.dumps(
            [
                {"type": "heading", "value": say(thing, code)},
                {"type": "text", "value": f"<p>{say('lead', code)}</p>"},
            ]
        )
        for code in CODES
    }


def _name_the_lists() -> None:
    """``start_partnership`` names them in the languages our catalogues know; an editor goes on."""
    for model, thing in (
        (EventIndexPage, "events"),
        (ConsultationIndexPage, "consultations"),
        (RoadmapIndexPage, "roadmap"),
        (StoryIndexPage, "stories"),
    ):
        page = model.objects.get()
        for column, words in {**said(thing, "title"), **said("lead", "lead")}.items():
            setattr(page, column, words)
        page.save_revision().publish()


def _add_events(site: SimpleNamespace) -> None:
    index = EventIndexPage.objects.get()
    starts_at = timezone.now() + timedelta(days=7)
    hours = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=4), "time_zone": "UTC"}
    for model, thing in (
        (FestivalPage, "festival"),
        (CharrettePage, "charrette"),
        (ExchangePage, "exchange"),
        (ExhibitionPage, "exchange"),
        (PlanningSessionPage, "exchange"),
        (DrillPage, "exchange"),
    ):
        words = {**said(thing, "title"), **said("lead", "summary"), **body(thing)}
        event = add_page(index, model, capacity=20, **words, **hours)
        for city in City.objects.all():
            add_venue(event, city)
        add_programme_item(event)
        add_provision(event)
        if not hasattr(site, thing):
            setattr(site, thing, event)


def _add_consultation(site: SimpleNamespace) -> None:
    words = {**said("consultation", "title"), **said("lead", "lead"), **body("consultation")}
    now = timezone.now()
    when = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(days=9)}
    index, lead_city = ConsultationIndexPage.objects.get(), City.objects.first()
    site.consultation = add_page(index, ConsultationPage, lead_city=lead_city, **when, **words)
    make_phase(site.consultation, *when.values(), allows=EVERYTHING)
    make_question(site.consultation)
    make_question(site.consultation, "long_text")
    site.statement = StatementFactory(
        consultation=site.consultation, number=1, **said("charrette", "text")
    )
    for code, city in zip(CODES, City.objects.all(), strict=True):
        resident = ResidentFactory(city=city, language_code=code, name=f"Zoë {code}")
        participant = Participant.objects.of(resident)
        ContributionFactory(
            consultation=site.consultation,
            participant=participant,
            city=city,
            language_code=code,
            text=f"{say('lead', code)} ({code})",
        )


def _add_roadmap(site: SimpleNamespace) -> None:
    index = RoadmapIndexPage.objects.get()
    year = timezone.now().year
    words = {**said("roadmap", "title"), **said("lead", "lead")}
    slugs = {localized("local_slug", code): str(year) for code in CODES}
    site.roadmap = add_page(index, RoadmapPage, year=year, slug=str(year), **words, **slugs)
    site.commitment = make_commitment(
        site.roadmap,
        led_by=[City.objects.first()],
        planned=12345,
        spent=1234,
        currency="EUR",
        **said("charrette", "title"),
        **said("theme", "theme"),
        **said("lead", "description"),
    )
    cite(site.commitment, statement=site.statement)


def _add_texts(site: SimpleNamespace) -> None:
    site.text = add_page(site.home, StandardPage, **said("text", "title"), **body("text"))
    stories = StoryIndexPage.objects.get()
    words = {**said("story", "title"), **said("lead", "intro"), **body("story")}
    site.story = add_page(stories, StoryPage, commitment=site.commitment, **words)


def _add_who_and_how(site: SimpleNamespace) -> None:
    """Who decides, whom to write to, and how things are done."""
    purpose = said("lead", "purpose")
    committees = add_page(site.home, CommitteeIndexPage, **said("stories", "title"))
    add_page(committees, CommitteePage, **said("text", "title"), **purpose)
    add_page(site.home, ContactsPage, **said("events", "title"))
    texts = {**said("lead", "short_text"), **said("lead", "long_text")}
    add_page(site.home, MediaKitPage, **said("exchange", "title"), **texts)
    protocols = add_page(site.home, ProtocolIndexPage, **said("consultations", "title"))
    add_page(protocols, ProtocolPage, **said("exchange", "title"), **purpose)


def _add_initiatives(site: SimpleNamespace) -> None:
    """What runs beside the roadmap."""
    index = add_page(site.home, InitiativeIndexPage, **said("roadmap", "title"))
    words = {**said("lead", "summary"), "starts_on": timezone.now().date()}
    programme = add_page(
        index, ProgrammePage, kind="incubator", **said("exchange", "title"), **words
    )
    ServedCommitment.objects.create(page=programme, commitment=site.commitment)
    words |= {"ends_on": words["starts_on"] + timedelta(days=9), **said("lead", "message")}
    add_page(index, CampaignPage, kind="campaign", **said("charrette", "title"), **words)


def _add_what_was_learned(site: SimpleNamespace) -> None:
    """A case, a practice that stands on it, and a rule of each city."""
    learned = add_page(site.home, KnowledgeIndexPage, **said("lead", "title"))
    told = {**said("theme", "theme"), **said("lead", "summary")}
    case = add_page(
        learned,
        CaseStudyPage,
        commitment=site.commitment,
        **said("exchange", "title"),
        **told,
        **said("text", "differently"),
    )
    practice = {**said("charrette", "title"), **told, **body("charrette")}
    add_page(learned, PracticePage, cases=[case], **practice)
    rule = {**said("roadmap", "title"), **said("lead", "summary"), **said("text", "next_step")}
    city = City.objects.first()
    page = add_page(
        learned, HarmonisedRulePage, next_step_on=timezone.localdate(), lead_city=city, **rule
    )
    for each in City.objects.all():
        CityRule.objects.create(page=page, city=each, **said("lead", "text"), **said("text", "law"))
