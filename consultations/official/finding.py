"""The cities' answers as the search finds them: on the page of answers, once they are there."""

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.official.models import PublishedAnswer
from consultations.official.presenting import PER_PAGE
from consultations.official.reading import page_address
from partnership.pages.access import open_to_all
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

CONSULTATION = "answer__sheet__consultation"
TEXTS = ("text", "answered_by")


def answers(language: str) -> QuerySet:
    """Answers as every city signed them, to what is over, the latest first."""
    shown = PublishedAnswer.objects.current().filter(
        open_to_all(f"{CONSULTATION}__"),
        **{f"{CONSULTATION}__live": True, f"{CONSULTATION}__closes_at__lte": timezone.now()},
    )
    same_page = PublishedAnswer.objects.current().filter(answer__sheet=OuterRef("answer__sheet"))
    before = same_page.filter(answer__lt=OuterRef("answer")).order_by()
    counted = before.values("answer__sheet").annotate(number=Count("pk")).values("number")
    spoken = shown.annotate(
        words=words_in(*(localized(name, language) for name in TEXTS)),
        before_it=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
    )
    return spoken.select_related(CONSULTATION).order_by(F("published_at").desc(), "-pk")


def tell(published: PublishedAnswer) -> Told:
    """Who answers and what, on its page of the answers."""
    consultation = published.answer.sheet.consultation
    page = published.before_it // PER_PAGE + 1  # type: ignore[attr-defined]  # annotated
    query = f"?page={page}" if page > 1 else ""
    return Told(
        title=published.answered_by,
        url=f"{page_address(consultation)}{query}#answer-{published.answer_id}",
        text=published.text,
        within=consultation.title,
        day=timezone.localdate(published.published_at),
    )


ANSWERS = Source(name="answers", heading=_("Answers of the cities"), rows=answers, tell=tell)
