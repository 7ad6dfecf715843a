"""Which conversations have words in them that somebody looks for."""

from django.db.models import Exists, OuterRef

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
    said = (
        Contribution.objects.published()
        .filter(consultation=consultation)
        .with_translation_into(active())
        .filter(Says(words_in_database(), wanted))
        .order_by()
    )
    # Each text is read once, whatever the database believes about their number: one list of all
    # that was found was read anew for each thread by a PostgreSQL that had not counted yet.
    in_itself, in_a_reply = said.filter(pk=OuterRef("pk")), said.filter(parent=OuterRef("pk"))
    return threads.filter(Exists(in_itself) | Exists(in_a_reply))
