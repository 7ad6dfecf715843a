"""A version of a draft text in the admin: half written until it is published as a whole."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.drafts.models import DraftText
from consultations.drafts.refusals import DraftIsPublished, DraftNotReady
from consultations.drafts.services import (
    commented_before,
    nothing_to_read,
    number_paragraphs,
    unanswered,
)
from consultations.models import ConsultationPage
from partnership.pages.languages import field_names
from partnership.pages.permissions import city_keys
from partnership.pages.publishing import PublishedForm
from partnership.pages.wording import slots


class DraftForm(PublishedForm):
    """Only consultations of the editor's cities can be chosen, and only once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = ConsultationPage.objects.order_by("-opens_at")
        if self.for_user is not None and not self.for_user.is_superuser:
            pages = pages.filter(pk__in=city_keys(self.for_user).pages().values("pk"))
        self.fields["consultation"].queryset = pages
        if self.instance.pk:
            self.fields["consultation"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk and DraftText.objects.published().filter(pk=self.instance.pk).exists():
            self.add_error(None, str(DraftIsPublished()))
        return cleaned

    def rows_fit(self) -> bool:
        """A commented paragraph is not deleted: its comments would never be answered."""
        rows = self.formsets["paragraphs"]
        gone = {str(row.instance.key) for row in rows.deleted_forms} if rows.is_valid() else set()
        commented = commented_before(self.instance) if gone else {}
        lost = [commented[key] for key in commented if key in gone]
        for paragraph in lost:
            words = _("%(paragraph)s has comments: tick that it is dropped instead of deleting it.")
            self.add_error(None, words % {"paragraph": paragraph})
        return not lost

    def fits_readers(self) -> bool:
        """Whether there is something to read, and every comment finds what became of it."""
        rows = slots.kept_rows(self, "paragraphs")
        reasons = []
        if all(row.cleaned_data.get("is_dropped") for row in rows):
            reasons.append(nothing_to_read())
        answers = {
            str(row.instance.key): all(row.cleaned_data.get(n) for n in field_names("became"))
            for row in rows
        }
        reasons += unanswered(self.instance, answers)
        if reasons:
            self.add_error(None, str(DraftNotReady(reasons)))
        return not reasons

    def save(self, commit: bool = True) -> DraftText:
        """Save what is written; number the paragraphs of what readers see from now on."""
        is_public = self.goes_public()
        self.instance.published_at = timezone.now() if is_public else None
        draft: DraftText = super().save(commit=commit)
        if is_public:
            number_paragraphs(draft)
        return draft
