"""Which conversations have words in them that somebody looks for."""

from django.db.models import F
from django.db.models.functions import Coalesce

from consultations.models import ConsultationPage, Contribution
from consultations.querysets import ContributionQuerySet
from consultations.translations.words_of import words_in_database
from partnership.pages.finding import Says
from partnership.pages.languages import active
from partnership.pages.words import wanted_of


def saying(
    words: str, threads: ContributionQuerySet, consultation: ConsultationPage
) -> ContributionQuerySet:
    """Those threads of a consultation where the comment itself or one reply has every word.

    As readers in the active language find it there: what waits, was hidden or was taken back
    has no words for anybody. Without a word in it all of them.
    """
    wanted = wanted_of(words, active())
    if not wanted:
        return threads
    among = Contribution.objects.published().with_translation_into(active())
    found = (
        among.filter(consultation=consultation).filter(Says(words_in_database(), wanted)).order_by()
    )
    return threads.filter(pk__in=found.values(thread=Coalesce(F("parent_id"), F("pk"))))
