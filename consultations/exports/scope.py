"""What the tables of one export share: for whom it is, where people live, who is who."""

import hmac
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from consultations.asking.mixing import joined
from consultations.deciding import deciding, there_at_the_close
from consultations.disclosure import shows_figures_to, shows_question_figures
from consultations.enums import Channel, PublicationStatus
from consultations.exports.enums import Figures, Profile
from consultations.models import Answer, ConsultationPage, Question, Statement
from consultations.querysets import AnswerQuerySet
from consultations.question_results import masked_groups
from consultations.results import StatementResult, result_of
from consultations.split_results import SplitResult, split_results
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP, masked_parts
from partnership.tables.columns import Column

ELSEWHERE = "elsewhere"
KEY_LENGTH = 16
#: Paths, seen from a row with a participant, of what only staff may know.
PERSON = ("participant_id", "participant__resident__name", "participant__resident__email")


def status_column() -> Column:
    """Who may see a thing; for staff."""
    values = tuple(PublicationStatus.choices)
    return Column("publication_status", _("visibility"), values=values)


def channel_column() -> Column:
    """How something came in."""
    return Column("channel", _("channel"), values=tuple(Channel.choices))


def in_own_words(thing: Any) -> str:
    """The name of a city or a partner in whatever language is asked for when it is read."""
    return lazy(lambda: str(thing), str)()


class Scope:
    """One consultation as one profile may see it."""

    #: Whether the figures are those that were published for good.
    is_final = False
    #: Why figures that are not told are not.
    not_yet = Figures.NOT_YET

    def __init__(
        self, consultation: ConsultationPage, profile: str, as_of: datetime | None = None
    ) -> None:
        self.consultation = consultation
        self.as_of = as_of
        self.profile = str(profile)
        self.is_public = profile != Profile.STAFF
        self.smallest_group = SMALLEST_GROUP if self.is_public else 1
        self.cities = list(City.objects.all())
        self._codes = {city.pk: city.code for city in self.cities}

    def city(self, city_id: int | None) -> str:
        """The code of a city; ``elsewhere`` for none."""
        return ELSEWHERE if city_id is None else self._codes[city_id]

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.consultation.lead_city.time_zone)

    def when(self, instant: datetime) -> str:
        """The day for the public, in the lead city's zone; the instant in UTC for staff."""
        if self.is_public:
            return timezone.localtime(instant, self._zone).date().isoformat()
        return timezone.localtime(instant, ZoneInfo("UTC")).isoformat(timespec="seconds")

    @property
    def clock(self) -> str:
        """The zone of these."""
        return str(self._zone) if self.is_public else "UTC"

    @cached_property
    def when_column(self) -> Column:
        """Its column; another key for staff, because it says more."""
        if self.is_public:
            return Column("written_on", _("day"), "date")
        return Column("written_at", _("date and time"), "datetime")

    @cached_property
    def city_column(self) -> Column:
        """The column of cities, with the name behind each code."""
        values = (*self.city_names, (ELSEWHERE, _("elsewhere")))
        return Column("city", _("city"), values=values)

    @property
    def city_names(self) -> tuple[tuple[str, Any], ...]:
        """The cities by their codes."""
        return tuple((city.code, in_own_words(city)) for city in self.cities)

    # Until when -------------------------------------------------------------------------

    def until(self, rows: Any, field: str) -> Any:
        """Those of the rows that came in until the instant of the export."""
        return rows if self.as_of is None else rows.filter(**{f"{field}__lte": self.as_of})

    @property
    def answers(self) -> AnswerQuerySet:
        """The answers that came in until then."""
        answers = Answer.objects.filter(response__consultation=self.consultation)
        return answers if self.as_of is None else answers.received_until(self.as_of)

    @property
    def tells_answers(self) -> bool:
        """Whether the answers and their figures may be told: to the public when its page does.

        Anonymous ones to nobody for an instant before the close: between two of them they
        would be told one by one.
        """
        if self.consultation.is_anonymous and self.counts_again:
            return False
        if not self.is_public:
            return not self.consultation.holds_answers_back
        return shows_question_figures(self.consultation, resident=None, response=None)

    @cached_property
    def tells_votes(self) -> bool:
        """Whether the figures of the statements may be told: to the public when its page does."""
        return not self.is_public or shows_figures_to(self.consultation, None)

    def results(self, questions: Iterable[Question]) -> Iterable[SplitResult]:
        """The figures of the questions, whole and by everything people are told apart by."""
        return split_results(
            self.consultation,
            questions,
            self.counted_cities,
            until=self.as_of,
            masks=self.is_public,
        )

    @cached_property
    def counted_cities(self) -> list[City]:
        """The cities that figures speak of: none that joined after the close."""
        return there_at_the_close(self.consultation, self.cities)

    @cached_property
    def _deciding(self) -> frozenset[int]:
        return deciding(self.consultation, self.counted_cities)

    def votes_on(self, statement: Statement, totals: list[Any] | None = None) -> StatementResult:
        """How the cities voted on it; ``totals`` are those of an earlier instant."""
        return result_of(statement, self.counted_cities, totals, decide=self._deciding)

    @property
    def held_back(self) -> tuple[str, ...]:
        """What is not told before the close, by the names a manifest uses."""
        held = () if self.tells_answers else ("answers", "results")
        return held if self.tells_votes else (*held, "statement_figures")

    @property
    def counts_again(self) -> bool:
        """Whether the kept totals of votes may hold later ones than the export."""
        return self.as_of is not None and self.as_of < self.consultation.closes_at

    @property
    def is_told_by_day(self) -> bool:
        """Whether answers have a day and no time: for the public, and anonymous ones for all."""
        return self.is_public or self.consultation.is_anonymous

    def day(self, instant: datetime, city_id: int | None) -> str:
        """When answers of a city came in, as exactly as this profile is told."""
        if self.consultation.is_anonymous:
            day = instant.astimezone(UTC).date()
            return self._days_told_as.get((city_id, day), day).isoformat()
        return self.when(instant)

    @cached_property
    def _days_told_as(self) -> dict[tuple[int | None, date], date]:
        """Of anonymous answers what each day of a city is told as, with sheets of paper among them.

        The clock joins the days of those that came here; a sheet keeps the day it was typed in on,
        and alone on it would tell what one person answered.
        """
        day = TruncDate("response__changed_at", tzinfo=UTC)
        people = Count("response", distinct=True)
        rows = self.answers.order_by().values_list("response__city_id", day).annotate(people)
        days: dict[int | None, list[tuple[date, int]]] = defaultdict(list)
        for city_id, on, number in sorted(rows, key=lambda row: row[1]):
            days[city_id].append((on, number))
        return {
            (city_id, on): told
            for city_id, of_city in days.items()
            for on, told in joined(of_city).items()
        }

    def language(self, code: str) -> str:
        """The language of an answer; of anonymous ones not for the public.

        A sheet has one, and of those that came here only those in which something was written.
        """
        return "" if self.is_public and self.consultation.is_anonymous else code

    @cached_property
    def day_column(self) -> Column:
        """Its column."""
        return Column("written_on", _("day"), "date") if self.is_told_by_day else self.when_column

    # Who is who --------------------------------------------------------------------------

    @cached_property
    def _secret(self) -> hmac.HMAC:
        return secret_of(self.consultation.pk)

    def key(self, kind: str, pk: int | None) -> str:
        """A stable name for a row that says nothing about it and leads back to nobody."""
        if pk is None:
            return ""
        return key_with(self._secret, kind, pk)

    @property
    def person_columns(self) -> tuple[Column, ...]:
        """Who it was; no columns at all for the public."""
        if self.is_public:
            return ()
        return (
            Column("participant", _("participant")),
            Column("name", _("name")),
            Column("email", _("e-mail address")),
        )

    def person_fields(self, prefix: str = "") -> tuple[str, ...]:
        """What to read of the person; nothing for the public, so that nothing can slip."""
        return () if self.is_public else tuple(f"{prefix}{path}" for path in PERSON)

    def person(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The cells of those columns; a guest has neither name nor address."""
        if self.is_public:
            return ()
        participant_id, name, email = values
        return self.key("participant", participant_id), name or "", email or ""

    def author_fields(self) -> tuple[str, ...]:
        """What to read of whoever wrote a comment; nothing for the public."""
        return () if self.is_public else ("is_name_hidden", *PERSON)

    def author(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The cells of whoever wrote a comment; empty where they keep their name back.

        So is the key: beside an answer of the same person it would stand with the name.
        """
        if self.is_public:
            return ()
        is_name_hidden, *person = values
        return self.person((None, "", "") if is_name_hidden else tuple(person))

    # Groups too small to be told ------------------------------------------------------------

    @cached_property
    def group_sizes(self) -> dict[tuple[int, int | None], int]:
        """How many people of a city answered a question, by (question, city)."""
        groups = self.answers.values_list("question_id", "response__city_id").order_by()
        return {
            (question_id, city_id): people
            for question_id, city_id, people in groups.annotate(people=Count("pk"))
        }

    @cached_property
    def questions_with_masked_ways(self) -> set[int]:
        """Questions whose answers do not say how they came: the figures keep a way back.

        Of a question that everybody answered in one way there is nothing to tell.
        """
        ways: dict[int, dict[int | None, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        groups = self.answers.values_list("question_id", "response__city_id", "response__channel")
        for question_id, city_id, channel, people in groups.order_by().annotate(Count("pk")):
            ways[question_id][city_id][channel] = people
        return {
            question_id
            for question_id, of_cities in ways.items()
            if len(set().union(*of_cities.values())) > 1
            and any(masked_parts(sizes) for sizes in of_cities.values())
        }

    @cached_property
    def masked_groups(self) -> set[tuple[int, int | None]]:
        """The groups whose answers the public is not told, as on the page."""
        if not self.is_public:
            return set()
        questions = {question_id for question_id, _city_id in self.group_sizes}
        return {
            (question_id, city.pk if city else None)
            for question_id in questions
            for city in masked_groups(
                [
                    (city, self.group_sizes.get((question_id, city.pk if city else None), 0))
                    for city in (*self.cities, None)
                ]
            )
            if (question_id, city.pk if city else None) in self.group_sizes
        }


def secret_of(consultation: int) -> hmac.HMAC:
    """What the keys of rows of the consultation with this key are made with."""
    salt = f"export of consultation {consultation}"
    return hmac.new(settings.SECRET_KEY.encode(), salt.encode(), "sha256")


def key_with(secret: hmac.HMAC, kind: str, pk: int) -> str:
    """A stable name for a row that says nothing about it; the same in every file."""
    digest = secret.copy()
    digest.update(f":{kind}:{pk}".encode())
    return digest.hexdigest()[:KEY_LENGTH]
