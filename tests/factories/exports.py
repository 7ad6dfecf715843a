"""Consultations with something said in them, few words or very many, for exports and roadmaps."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from consultations.enums import PublicationStatus, QuestionType
from consultations.models import (
    Answer,
    ConsultationIndexPage,
    ConsultationPage,
    Contribution,
    Question,
    QuestionOption,
    Response,
    Statement,
    Vote,
)
from consultations.tallies import recount
from partnership.cities.models import City
from partnership.pages.languages import CODES
from partnership.people.models import Participant, Resident
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, make_site
from tests.factories.roadmap import in_every_language

AT_ONCE = 2000


def make_consultation_to_export(slug: str = "safe-routes", **fields: Any) -> ConsultationPage:
    """A consultation that closed yesterday, unless told; led by Alder Bay."""
    index = ConsultationIndexPage.objects.first() or add_page(
        make_site(), ConsultationIndexPage, title="Consultations", slug="consultations"
    )
    now = timezone.now()
    values = {
        "title": "Safe routes",
        "slug": slug,
        "lead_city": city_pair()[0],
        "opens_at": now - timedelta(days=30),
        "closes_at": now - timedelta(days=1),
        **in_every_language(lead="Where should streets be safer?"),
    }
    return add_page(index, ConsultationPage, **{**values, **fields})


def make_open_consultation_to_export(**fields: Any) -> ConsultationPage:
    """The same, open until tomorrow."""
    return make_consultation_to_export(closes_at=timezone.now() + timedelta(days=1), **fields)


def make_people(
    number: int, city: City | None, prefix: str = "person", first_key: int | None = None
) -> list[Participant]:
    """Many residents of a city at once, with names and addresses to be found again.

    ``first_key`` gives accounts and participants keys that nothing else looks like.
    """
    keys = [None if first_key is None else first_key + place for place in range(number)]
    where = city.code if city else "elsewhere"
    residents = Resident.objects.bulk_create(
        Resident(
            pk=keys[place],
            email=f"{prefix}{place}.{where}@private.example",
            name=f"Secret {prefix.capitalize()} {place} {where}",
            language_code=CODES[0],
            city=city,
        )
        for place in range(number)
    )
    return Participant.objects.bulk_create(
        Participant(pk=key, resident=entry) for key, entry in zip(keys, residents, strict=True)
    )


def make_statement(consultation: ConsultationPage, text: str = "Close the street") -> Statement:
    """A published statement in every language."""
    return Statement.objects.create(
        consultation=consultation, language_code=CODES[0], **in_every_language(text=text)
    )


def make_votes(statement: Statement, people: list[Participant], choice: str) -> None:
    """The same vote by all of them, counted."""
    Vote.objects.bulk_create(
        Vote(
            statement=statement,
            participant=person,
            city=person.resident.city,
            choice=choice,
        )
        for person in people
    )
    recount(statement.consultation)


def make_question(
    consultation: ConsultationPage, kind: str = QuestionType.LONG_TEXT, options: int = 0
) -> Question:
    """A question in every language, with that many options, after those that are there."""
    question = Question.objects.create(
        consultation=consultation,
        type=kind,
        sort_order=consultation.questions.count(),
        **in_every_language(text="What is missing?"),
    )
    for number in range(options):
        words = in_every_language(label=f"Option {number + 1}")
        QuestionOption.objects.create(question=question, sort_order=number, **words)
    return question


def make_answers(question: Question, people: list[Participant], value: Any) -> None:
    """The same answer by all of them."""
    responses = [
        Response.objects.get_or_create(
            consultation=question.consultation,
            participant=person,
            defaults={"city": person.resident.city, "language_code": CODES[0]},
        )[0]
        for person in people
    ]
    Answer.objects.bulk_create(
        Answer(response=response, question=question, value=value) for response in responses
    )


def make_comment(
    consultation: ConsultationPage, person: Participant, text: str = "Please do.", **fields: Any
) -> Contribution:
    """A published comment."""
    values = {
        "city": person.resident.city,
        "language_code": CODES[0],
        "publication_status": PublicationStatus.PUBLISHED,
    }
    return Contribution.objects.create(
        consultation=consultation, participant=person, text=text, **{**values, **fields}
    )


def make_many_words(consultation: ConsultationPage, number: int) -> None:
    """That many contributions: half comments, half written answers, by a resident each."""
    question = make_question(consultation)
    cities = city_pair()
    for start in range(0, number, AT_ONCE):
        size = min(AT_ONCE, number - start)
        prefix = f"{consultation.pk}batch{start}x"
        people = make_people(size, cities[start // AT_ONCE % 2], prefix)
        half = size // 2
        _write_comments(consultation, people[:half])
        _write_answers(question, people[half:])


def _words(place: int) -> str:
    return f"Voice {place}: the crossing by the school needs a light. " * 8


def _write_comments(consultation: ConsultationPage, people: list[Participant]) -> None:
    Contribution.objects.bulk_create(
        Contribution(
            consultation=consultation,
            participant=person,
            city=person.resident.city,
            language_code=CODES[0],
            text=_words(place),
            publication_status=PublicationStatus.PUBLISHED,
        )
        for place, person in enumerate(people)
    )


def _write_answers(question: Question, people: list[Participant]) -> None:
    responses = Response.objects.bulk_create(
        Response(
            consultation=question.consultation,
            participant=person,
            city=person.resident.city,
            language_code=CODES[0],
        )
        for person in people
    )
    Answer.objects.bulk_create(
        Answer(response=response, question=question, value=_words(place))
        for place, response in enumerate(responses)
    )
