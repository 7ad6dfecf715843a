"""A review in the admin: begun for a roadmap, written, sent to be signed."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from consultations.reviews.enums import Verdict
from consultations.reviews.models import AnnualReview, CommitmentReview
from consultations.reviews.refusals import ReviewExists, ReviewIsSigned
from consultations.reviews.services import ask_to_sign, begin_review, take_in
from consultations.reviews.signing import left_out, not_judged
from consultations.roadmap.models import Commitment, RoadmapPage
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import void_if_changed
from partnership.pages.publishing import PublishedForm
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.pages.wording import slots
from partnership.pages.wording.forms import DrawnByItsPanel
from partnership.refusals import Linked, linked


class BeginReviewForm(TwoHandsForm, WagtailAdminModelForm):
    """Of which year: a roadmap of the editor's cities that readers know and nobody reviews yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = RoadmapPage.objects.filter(Q(live=True) | Q(first_published_at__isnull=False))
        roadmaps = known.filter(annual_review=None).order_by("-year")
        if self.for_user is not None:
            own = RoadmapPage.objects.editable_by(self.for_user)
            roadmaps = roadmaps.filter(pk__in=own.values("pk"))
        self.fields["roadmap"].queryset = roadmaps
        self.fields["roadmap"].error_messages["invalid_choice"] = str(ReviewExists())

    def save(self, commit: bool = True) -> AnnualReview:
        """Begin it with every promise of the year."""
        self.instance = begin_review(self.cleaned_data["roadmap"])
        return self.instance


class ReviewForm(PublishedForm):
    """A draft may be half judged; what the cities are asked to sign is whole."""

    #: Where the cities sign, once they were asked.
    request: ApprovalRequest | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ask"] = forms.BooleanField(
            label=gettext_lazy("Ask every city to sign this review"),
            help_text=gettext_lazy(
                "The figures are kept as they are today. Readers see the review once the last city "
                "has signed. Then it never changes."
            ),
            required=False,
            bound_field_class=DrawnByItsPanel,
        )
        later = self._later_commitments()
        for row in self.rows:
            row.fields["verdict"].choices = [("", _("Not judged yet")), *Verdict.choices]
            row.fields["carried_into"].choices = later

    @property
    def rows(self) -> list[Any]:
        """The form of each promise."""
        return list(self.formsets["judgements"].forms)

    def _later_commitments(self) -> list[tuple[Any, str]]:
        """Into which commitments a promise may be carried over; one query for all rows."""
        found = Commitment.objects.filter(roadmap__year__gt=self.instance.roadmap.year)
        found = found.select_related("roadmap").order_by("roadmap__year", "number")
        return [("", "–"), *((each.pk, f"{each.roadmap.year}, {each}") for each in found)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.is_signed:
            self.add_error(None, str(ReviewIsSigned()))
        return cleaned

    def goes_public(self) -> bool:
        """Whether the cities are asked: readers see nothing else, and nothing before that."""
        return bool(self.cleaned_data.get("ask"))

    def rows_fit(self) -> bool:
        """Refuse what would be carried back: into the same year, or into one before."""
        fits = [self._goes_on_later(row) for row in slots.kept_rows(self, "judgements")]
        return all(fits)

    def _goes_on_later(self, row: Any) -> bool:
        goal = row.cleaned_data.get("carried_into")
        is_later = goal is None or goal.roadmap.year > self.instance.roadmap.year
        if not is_later:
            row.add_error("carried_into", _("Choose a commitment of a later roadmap."))
        return is_later

    def fits_readers(self) -> bool:
        """Name every promise that nobody has judged, with the way to it."""
        rows = slots.kept_rows(self, "judgements")
        open_rows = [row for row in rows if not row.cleaned_data.get("verdict")]
        for row in open_rows:
            row.add_error("verdict", _("Judge this promise before the cities are asked."))
            self.add_error(None, _way_to(row.instance))
        missing = left_out(self.instance, [row.instance for row in rows])
        for commitment in missing:
            self.add_error(None, not_judged(commitment))
        if missing:
            self.add_error(None, _("Save without asking first: then all promises are listed."))
        return not open_rows and not missing

    def save(self, commit: bool = True) -> AnnualReview:
        """Save the draft; ask the cities, or end what they were asked about other words."""
        review: AnnualReview = super().save(commit=commit)
        take_in(review)
        if self.goes_public():
            self.request = ask_to_sign(review, by=self.for_user)
        else:
            void_if_changed(review, by=self.for_user)
        return review


def _way_to(row: CommitmentReview) -> Linked:
    return linked(not_judged(row.commitment), f"#{row.anchor}", _("Judge it"))
