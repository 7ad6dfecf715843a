"""Annual reviews in the admin, beside the commitments they judge."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, QuerySet
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from consultations.reviews.forms import BeginReviewForm, ReviewForm
from consultations.reviews.models import AnnualReview
from consultations.reviews.panels import PANELS
from consultations.reviews.refusals import ReviewIsSigned
from consultations.roadmap.viewsets import CommitmentViewSet
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import steps_of
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import EditOwn, OfOwnPage, OwnList, OwnViewSet
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import AddThing


class BeginReview(AddThing):
    """Chooses the year; what is judged is on the screen that follows."""

    def get_initial_form_instance(self) -> AnnualReview:
        return AnnualReview(roadmap_id=key_in(self.request.GET.get("roadmap", "")))

    def get_success_url(self) -> str:
        return reverse("annual_reviews:edit", args=(self.object.pk,))


class EditReview(EditOwn):
    """Writes a draft; of what every city has signed, shows who did."""

    @cached_property
    def _writing(self) -> Any:
        return ObjectList(PANELS, base_form_class=ReviewForm).bind_to_model(AnnualReview)

    def get_panel(self) -> Any:
        """The screen on which the year is judged."""
        return self._writing

    def get_form_class(self) -> Any:
        return self.panel.get_form_class()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        review = self.get_object()
        return self._show(review) if review.is_signed else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        review = self.get_object()
        if not review.is_signed:
            return super().post(request, *args, **kwargs)
        messages.error(request, str(ReviewIsSigned()))
        return self._show(review, status=422)

    def _show(self, review: AnnualReview, status: int = 200) -> HttpResponse:
        asked = ApprovalRequest.objects.about(review).first()
        context = {
            "review": review,
            "page_title": str(review),
            "header_icon": "key",
            "asked": asked,
            "signers": steps_of(asked) if asked else [],
        }
        return render(self.request, "reviews/admin/signed.html", context, status=status)

    def get_success_message(self) -> str:
        if self.form.request is None:
            return super().get_success_message()
        return gettext("Every city is asked to sign it. Readers see it once all of them have.")

    def get_success_url(self) -> str:
        """Stay with what is still to be judged; or go where the cities sign."""
        asked = self.form.request
        name, key = ("approval", asked.pk) if asked else ("annual_reviews:edit", self.object.pk)
        return reverse(name, args=(key,))


class DeleteReview(OfOwnPage, RefusesToDelete):
    """Gives up a draft that no city is looking at."""

    def reason(self) -> str:
        if self.object.is_signed:
            return str(ReviewIsSigned())
        if ApprovalRequest.objects.open().about(self.object).exists():
            return gettext("The cities are asked to sign it. Call that off first.")
        return ""


class ReviewList(OwnList):
    """Reviews that this editor may change, the last year first."""

    def get_base_queryset(self) -> QuerySet:
        waits = Exists(ApprovalRequest.objects.open().about_each(AnnualReview))
        own = super().get_base_queryset().annotate(waits_for_signatures=waits)
        return own.order_by("-roadmap__year")


def state_in_words(review: AnnualReview) -> str:
    """Where a review of the list stands."""
    if review.is_signed:
        return pgettext("annual review", "Signed")
    if review.waits_for_signatures:
        return pgettext("annual review", "Waits for signatures")
    return pgettext("annual review", "Draft")


class ReviewViewSet(OwnViewSet):
    """What became of each year."""

    model = AnnualReview
    name = "annual_reviews"
    icon = "history"
    menu_label = _("Annual reviews")
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = ReviewList
    add_view_class = BeginReview
    edit_view_class = EditReview
    delete_view_class = DeleteReview
    list_display = (
        TitleColumn("review", label=_("Review"), accessor=str, url_name="annual_reviews:edit"),
        Column("roadmap", label=_("Roadmap"), accessor="roadmap.title"),
        Column("state", label=_("State"), accessor=state_in_words),
        DateColumn("signed_at", label=pgettext_lazy("annual review", "Signed by every city")),
    )

    @cached_property
    def _begin_handler(self) -> Any:
        panels = (FieldPanel("roadmap", widget=Select),)
        return ObjectList(panels, base_form_class=BeginReviewForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """What a review begins with; the screen of a review has its own."""
        return self._begin_handler


class RoadmapGroup(ViewSetGroup):
    """What is promised, and what became of it: one entry of the menu."""

    menu_label = _("Roadmap")
    menu_icon = "list-ul"
    menu_name = "roadmap.promises"
    menu_order = 250
    items = (CommitmentViewSet, ReviewViewSet)
