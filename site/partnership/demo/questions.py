"""The demo's questions, and what its residents answered to them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Protocol

from consultations.answers import Given
from consultations.asking.anonymous import day_only
from consultations.asking.reach import is_reached
from consultations.enums import QuestionType
from consultations.models import (
    Answer,
    AnsweredMark,
    ConsultationPage,
    Question,
    QuestionOption,
    Response,
)
from consultations.models.questions import OTHER
from partnership.cities.models import City, Neighbourhood
from partnership.demo.calendar import DemoCalendar
from partnership.demo.texts import columns
from partnership.people.models import Participant

#: What a question of the content may say about its answers, in the model's own words.
PLAIN = (
    *("shown_if", "allows_other", "asks_point", "number_min", "number_max"),
    *("budget", "currency", "rate_currency"),
)
HOW_MANY_SAY_OTHER = 0.08
HOW_MANY_ANSWER = 0.8
HOW_MANY_SPEAK_FOR_OTHERS = 0.4


class Asking(Protocol):
    """A consultation of the demo, as far as its questions go."""

    page: ConsultationPage
    entry: dict[str, Any]
    questions: dict[str, Question]


def make_question(
    number: int, row: dict[str, Any], cities: Mapping[str, City], calendar: DemoCalendar
) -> Question:
    """Return a question of the content, not saved yet."""
    question = Question(
        sort_order=number,
        identifier=row["identifier"],
        type=row["type"],
        required=row["required"],
        **columns(text=row["text"]),
        **{name: row[name] for name in PLAIN if name in row},
    )
    texts = {"section": "section", "help_text": "help", "number_unit": "unit"}
    found = {field: row[key] for field, key in texts.items() if key in row}
    if row["type"] == QuestionType.SCALE:
        question.scale_min, question.scale_max = row["scale"]
        found |= {"scale_min_label": row["scale_low"], "scale_max_label": row["scale_high"]}
    for column, text in columns(**found).items():
        setattr(question, column, text)
    if "exchange_rate" in row:
        question.exchange_rate = Decimal(row["exchange_rate"])
        question.rate_on = calendar.day(row["rate_day"])
    question.options = [
        _option(place, option, cities) for place, option in enumerate(row.get("options", ()))
    ]
    return question


def _option(place: int, row: dict[str, Any], cities: Mapping[str, City]) -> QuestionOption:
    """One option; of a sum to divide a project, with its cost and where it happens."""
    texts = {name: row[name] for name in ("label", "description") if name in row}
    part = row.get("neighbourhood")
    return QuestionOption(
        sort_order=place,
        identifier=row["identifier"],
        cost=row.get("cost"),
        city=cities.get(row.get("city", "")),
        neighbourhood=Neighbourhood.objects.get(code=part) if part else None,
        **columns(**texts),
    )


def make_answers(demo: Asking, voters: list[Participant], *, until: datetime) -> None:
    """Write what four of five of those who took part answered."""
    chance = Random(f"answers to {demo.entry['key']}")  # noqa: S311 - the same every time
    speaking = Random(f"who speaks in {demo.entry['key']}")  # noqa: S311 - the same every time
    rows: list[Response] = []
    answered: list[Participant] = []
    for participant in voters:
        if chance.random() > HOW_MANY_ANSWER:
            continue
        answered_at = until - timedelta(minutes=chance.randrange(60, 20_000))
        rows.append(
            Response(
                consultation=demo.page,
                city=participant.resident.city,
                language_code=participant.resident.language_code,
                **_whose(demo.page, participant, answered_at),
                **_spoken_for(demo, participant.resident.language_code, speaking),
            )
        )
        answered.append(participant)
    if demo.page.is_anonymous:
        _mark(demo.page, answered)
    responses = Response.objects.bulk_create(rows, batch_size=1000)
    answers = (answer for response in responses for answer in _answers(demo, response, chance))
    Answer.objects.bulk_create(answers, batch_size=2000)


def _spoken_for(demo: Asking, code: str, chance: Random) -> dict[str, str]:
    """For which organisation somebody answered; most answer for themselves."""
    known = demo.entry.get("speakers", {}).get(code, ())
    if not known or chance.random() > HOW_MANY_SPEAK_FOR_OTHERS:
        return {}
    return {f"organisation_{part}": text for part, text in chance.choice(known).items()}


def _whose(page: ConsultationPage, participant: Participant, at: datetime) -> dict[str, Any]:
    """Somebody's with its instant; or nobody's, with its day."""
    if page.is_anonymous:
        return {"is_anonymous": True, "created_at": day_only(at), "changed_at": day_only(at)}
    return {"participant": participant, "created_at": at, "changed_at": at}


def _mark(page: ConsultationPage, answered: list[Participant]) -> None:
    AnsweredMark.objects.bulk_create(
        AnsweredMark(consultation=page, participant=participant, city=participant.resident.city)
        for participant in answered
    )


def _answers(demo: Asking, response: Response, chance: Random) -> Iterator[Answer]:
    texts = demo.entry.get("texts", {})
    values: dict[str, Any] = {}
    for row in demo.entry["questions"]:
        question = demo.questions[row["identifier"]]
        if not is_reached(question, values, demo.questions):
            continue
        written = texts.get(row["identifier"], {}).get(response.language_code, ())
        if row["type"] == QuestionType.BUDGET:
            given = _projects(row, response.city, chance)
        else:
            given = _given(row, written, chance)
        if given.value not in (None, [], ""):
            values[question.identifier] = given.value
            yield Answer(response=response, question=question, **given._asdict())


def _projects(row: dict[str, Any], city: City | None, chance: Random) -> Given:
    """What somebody of a city wants, in whatever order it comes to mind, while the sum suffices."""
    left, chosen = row["budget"], set()
    for option in chance.sample(row["options"], len(row["options"])):
        is_wanted = chance.random() * 100 < option["leaning"].get(city.code if city else "", 50)
        if is_wanted and option["cost"] <= left:
            left -= option["cost"]
            chosen.add(option["identifier"])
    return Given([each["identifier"] for each in row["options"] if each["identifier"] in chosen])


def _given(row: dict[str, Any], written: list[str], chance: Random) -> Given:
    """An answer drawn by chance; of something else than the options, in words of the content."""
    identifiers = [option["identifier"] for option in row.get("options", ())]
    says_other = row.get("allows_other") and written and chance.random() < HOW_MANY_SAY_OTHER
    match QuestionType(row["type"]):
        case QuestionType.SINGLE_CHOICE | QuestionType.LOCATION:
            if says_other:
                return Given(OTHER, chance.choice(written))
            return Given(chance.choice(identifiers))
        case QuestionType.MULTIPLE_CHOICE:
            chosen = [identifier for identifier in identifiers if chance.random() < 0.45]
            return Given([*chosen, OTHER], chance.choice(written)) if says_other else Given(chosen)
        case QuestionType.SCALE:
            points = range(row["scale"][0], row["scale"][1] + 1)
            return Given(chance.choices(points, (2, 4, 5, 3, 1))[0])
        case QuestionType.RANKING:
            return Given(chance.sample(identifiers, chance.randint(1, len(identifiers))))
        case QuestionType.NUMBER:
            return Given(min(row["number_max"], round(chance.lognormvariate(2.6, 0.5))))
        case QuestionType.DATE:
            first = date.fromisoformat(row["first_day"])
            return Given((first + timedelta(days=chance.randrange(row["days"]))).isoformat())
    return Given(chance.choice(written) if written and chance.random() < 0.4 else "")
