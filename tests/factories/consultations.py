"""The smallest valid consultation, and what people say in it."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from consultations.enums import (
    Act,
    ContributionKind,
    PhaseKind,
    PublicationStatus,
    QuestionType,
)
from consultations.models import (
    ConsultationIndexPage,
    ConsultationPage,
    Contribution,
    Phase,
    Question,
    QuestionOption,
    Statement,
)
from partnership.cities.models import City
from partnership.pages.languages import CODES, DEFAULT, localized
from partnership.people.models import Participant, Resident
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, make_site

EVERYTHING = tuple(Act.values)


def in_every_language(field: str, text: str) -> dict[str, str]:
    """The same text in every partner language: a model's columns for a field."""
    return {localized(field, code): text for code in CODES}


def make_index() -> ConsultationIndexPage:
    """Return the list of consultations of the site."""
    return ConsultationIndexPage.objects.first() or add_page(
        make_site(), ConsultationIndexPage, title="Consultations", slug="consultations"
    )


def make_consultation(
    *,
    opens_in: timedelta = timedelta(days=-10),
    closes_in: timedelta = timedelta(days=10),
    allows: tuple[str, ...] = EVERYTHING,
    **fields: Any,
) -> ConsultationPage:
    """Return a consultation that is open, with one phase that allows everything."""
    now = timezone.now()
    first, _second = city_pair()
    values = {
        **in_every_language("lead", "How should children get to school?"),
        "title": "Safe routes to school",
        "lead_city": first,
        "opens_at": now + opens_in,
        "closes_at": now + closes_in,
        **fields,
    }
    page = add_page(make_index(), ConsultationPage, **values)
    make_phase(page, page.opens_at, page.closes_at, allows=allows)
    return ConsultationPage.objects.get(pk=page.pk)


def make_phase(
    consultation: ConsultationPage,
    starts_at: datetime,
    ends_at: datetime,
    *,
    allows: tuple[str, ...] = EVERYTHING,
) -> Phase:
    """Return a phase of the consultation."""
    return Phase.objects.create(
        consultation=consultation,
        kind=PhaseKind.COLLECT,
        starts_at=starts_at,
        ends_at=ends_at,
        allows=list(allows),
    )


class ResidentOfFactory(factory.django.DjangoModelFactory):
    """A resident; ``city=None`` lives elsewhere."""

    class Meta:
        model = Resident

    email = factory.Sequence(lambda number: f"voice-{number}@example.org")
    name = factory.Sequence(lambda number: f"Lucía Moreno {number}")
    city = factory.LazyFunction(lambda: city_pair()[0])
    language_code = DEFAULT


def make_participant(city: City | None = None, **fields: Any) -> Participant:
    """Return the participant behind a new resident's account."""
    resident = ResidentOfFactory(**({"city": city} if city else {}), **fields)
    return Participant.objects.of(resident)


class StatementFactory(factory.django.DjangoModelFactory):
    """A published statement, written in the first language."""

    class Meta:
        model = Statement
        skip_postgeneration_save = True

    consultation = factory.LazyFunction(make_consultation)
    language_code = DEFAULT

    @factory.post_generation
    def texts(self: Statement, create: bool, extracted: Any, **kwargs: Any) -> None:
        """The same words in every language, unless some were given."""
        if not self.text:
            for code in CODES:
                setattr(self, localized("text", code), f"Statement {self.number} ({code})")
            self.save()


def make_question(
    consultation: ConsultationPage, kind: str = QuestionType.SINGLE_CHOICE, **fields: Any
) -> Question:
    """Return a question; what needs options has o1, o2 and o3."""
    if kind == QuestionType.BUDGET:
        return make_budget(consultation)
    place = consultation.questions.count()
    question = Question.objects.create(
        consultation=consultation,
        type=kind,
        sort_order=place,
        **{**in_every_language("text", f"Question {place + 1}?"), **fields},
    )
    if question.has_options:
        for number in range(3):
            QuestionOption.objects.create(
                question=question,
                sort_order=number,
                **in_every_language("label", f"Option {number + 1}"),
            )
    return question


def make_budget(
    consultation: ConsultationPage,
    *,
    budget: int = 50_000,
    costs: tuple[int, ...] = (30_000, 20_000, 10_000),
    **fields: Any,
) -> Question:
    """Return a sum to divide; its projects o1, o2, o3 ... cost what is said."""
    question = Question.objects.create(
        consultation=consultation,
        type=QuestionType.BUDGET,
        sort_order=consultation.questions.count(),
        budget=budget,
        **{"currency": "EUR", **in_every_language("text", "What first?"), **fields},
    )
    for number, cost in enumerate(costs):
        QuestionOption.objects.create(
            question=question,
            sort_order=number,
            cost=cost,
            **in_every_language("label", f"Project {number + 1}"),
        )
    return question


class ContributionFactory(factory.django.DjangoModelFactory):
    """A published comment in the first language."""

    class Meta:
        model = Contribution

    consultation = factory.LazyFunction(make_consultation)
    participant = factory.LazyFunction(make_participant)
    city = factory.SelfAttribute("participant.resident.city")
    language_code = DEFAULT
    text = factory.Sequence(lambda number: f"Comment number {number}.")
    publication_status = PublicationStatus.PUBLISHED


class IdeaFactory(ContributionFactory):
    """A published idea of a resident in the first language; ``text`` begins with the title."""

    consultation = factory.LazyFunction(lambda: make_consultation(takes_ideas=True))
    kind = ContributionKind.IDEA
    title = factory.Sequence(lambda number: f"Idea {number}")
    text = factory.LazyAttribute(lambda idea: f"{idea.title}\n\nWhat it is about.")
