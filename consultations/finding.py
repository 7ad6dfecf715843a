"""What people said, as the search finds it: statements and comments.

What was answered to questions is not among them: readers see no single answer anywhere.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy

from consultations.conversation.headed import headed
from consultations.models import ConsultationPage, Contribution, Statement
from consultations.translations.words_of import digest_in_database
from partnership.cities.models import City
from partnership.pages.access import open_to_all
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import active, localized


def statements(language: str) -> QuerySet:
    """Statements that people vote on, in that language's own words, the latest first."""
    public = Statement.objects.public().annotate(words=words_in(localized("text", language)))
    return public.select_related("consultation__lead_city", "city").order_by("-created_at", "-pk")


def tell_statement(statement: Statement) -> Told:
    """The statement itself, which has a page."""
    consultation = statement.consultation
    return Told(
        title=statement.text,
        url=statement.get_absolute_url(),
        within=consultation.title,
        cities=_cities(statement.city),
        day=_day(statement.created_at, consultation),
    )


def comments(language: str) -> QuerySet:
    """Comments and replies that readers find on a page, the latest first.

    In the words of their author where those are in that language, else in the translation that
    readers get instead: the accepted one, as long as the original is the one it was made from.
    """
    public = Contribution.objects.public().with_translation_into(language)
    spoken = public.annotate(
        words=Case(
            When(language_code=language, then=F("text")),
            When(translated_from=None, then=Value("")),
            When(translated_from=digest_in_database(), then=F("translated_text")),
            default=Value(""),
            output_field=TextField(),
        ),
    )
    people = ("participant__resident", "city", "event", "partner", "consultation__lead_city")
    spoken = spoken.annotate(is_session_open=open_to_all("event__"))
    return spoken.select_related(*people).order_by("-created_at", "-pk")


def tell_comment(comment: Contribution) -> Told:
    """Who said it, as readers of the page are told, and the words they would read there."""
    consultation = comment.consultation
    place = (consultation.slug_in(active()), comment.pk)
    return Told(
        title=headed(comment),
        url=f"{reverse('consultation_comment_place', args=place)}#{comment.anchor}",
        text=comment.words,  # type: ignore[attr-defined]  # annotated
        within=consultation.title,
        cities=() if comment.names_city else _cities(comment.city),
        day=_day(comment.created_at, consultation),
    )


def _cities(city: City | None) -> tuple[City, ...]:
    return (city,) if city else ()


def _day(instant: datetime, consultation: ConsultationPage) -> date:
    """As the consultation's own pages write it."""
    return instant.astimezone(ZoneInfo(consultation.lead_city.time_zone)).date()


STATEMENTS = Source(
    name="statements",
    heading=gettext_lazy("Statements people vote on"),
    rows=statements,
    tell=tell_statement,
)
COMMENTS = Source(
    name="comments",
    heading=gettext_lazy("What people wrote"),
    rows=comments,
    tell=tell_comment,
)
