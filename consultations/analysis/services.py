"""Code texts, save views, pick quotes."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from consultations.analysis.models import CodedText, Quote, SavedView, Theme, ThemeAnnotation
from consultations.analysis.refusals import TextNotThere, ThemeElsewhere, ThemeIsUsed
from consultations.analysis.texts import Text, Texts, View
from consultations.models import ConsultationPage, Contribution
from partnership.people.models import Resident
from partnership.serving import public_changed


@transaction.atomic
def code_text(
    consultation: ConsultationPage, text: Text, *, coder: Resident, themes: Iterable[int]
) -> CodedText:
    """Put a text under these themes (by number), or under none; what this coder said is replaced.

    One row for each coder and text, locked while its themes change. Raises TextNotThere or
    ThemeElsewhere.
    """
    if Texts(consultation, View(), coder=coder).find(text.kind, text.pk) is None:
        raise TextNotThere
    numbers = set(themes)
    chosen = list(Theme.objects.filter(consultation=consultation, number__in=numbers))
    if len(chosen) != len(numbers):
        raise ThemeElsewhere
    rows = CodedText.objects.select_for_update(of=("self",))
    coded, is_new = rows.get_or_create(consultation=consultation, coder=coder, **text.target)
    if not is_new:
        CodedText.objects.filter(pk=coded.pk).update(coded_at=timezone.now())
        coded.annotations.all().delete()
    ThemeAnnotation.objects.bulk_create(
        ThemeAnnotation(coded=coded, theme=theme) for theme in chosen
    )
    return coded


@transaction.atomic
def drop_theme(theme: Theme) -> None:
    """Take a theme out of the codebook; raises ThemeIsUsed once something hangs on it."""
    theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    if theme.annotations.exists() or theme.official_answers.exists():
        raise ThemeIsUsed
    theme.delete()


def save_view(consultation: ConsultationPage, view: View, *, name: str, by: Resident) -> SavedView:
    """Keep a view under a name; the same name again replaces what it stood for."""
    saved, _created = SavedView.objects.update_or_create(
        consultation=consultation, saved_by=by, name=name, defaults={"query": view.query}
    )
    return saved


@transaction.atomic
def pick_quote(contribution: Contribution, *, by: Resident) -> Quote:
    """Quote a published comment where the cities answer; picking it twice is fine."""
    if not Contribution.objects.published().filter(pk=contribution.pk).exists():
        raise TextNotThere
    quote, _created = Quote.objects.get_or_create(
        contribution=contribution,
        defaults={"consultation_id": contribution.consultation_id, "picked_by": by},
    )
    public_changed()
    return quote


@transaction.atomic
def put_back_quote(contribution: Contribution) -> None:
    """Quote it no more."""
    Quote.objects.filter(contribution=contribution).delete()
    public_changed()
