"""The admin screens of commitments: one form each, because a roadmap with all of them is long."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from consultations.roadmap.delivery.copying import begin_again
from consultations.roadmap.forms import CommitmentForm, year_select
from consultations.roadmap.models import Commitment, RoadmapPage
from consultations.roadmap.permissions import is_own_city
from consultations.roadmap.promises.panels import PromisePanel
from partnership.cities.models import City
from partnership.cities.today import today_in
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import field_names
from partnership.pages.own_city import OffersReadable, OwnViewSet
from partnership.pages.panels import LanguagesPanel, folded, side_by_side
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.serving import public_changed


class OwnCityMixin:
    """Another city's commitment does not exist for this editor."""

    def get_object(self, queryset: QuerySet | None = None) -> Commitment:
        commitment = super().get_object(queryset)
        if not is_own_city(self.request.user, commitment):
            raise Http404
        return commitment


class ListCommitments(OffersReadable):
    """What this editor may change, with what the list shows."""

    offered = (("roadmap", "pk"),)

    def get_base_queryset(self) -> QuerySet:
        commitments = Commitment.objects.editable_by(self.request.user).select_related("roadmap")
        return commitments.with_state(today_in(City.objects.all())).with_evidence_count()


class SaysWhatReadersMiss:
    """Saves as it is told, and says when a promise comes from nobody's words."""

    def save_instance(self) -> Commitment:
        commitment: Commitment = super().save_instance()
        if commitment.roadmap.live and not commitment.evidence.exists():
            messages.warning(
                self.request,
                gettext(
                    "Readers see “%(title)s” without a reason: nothing stands under “Because of”."
                    " Say there which words, event or consultation it comes from."
                )
                % {"title": commitment.title},
            )
        return commitment


class AddCommitment(SaysWhatReadersMiss, AddThing):
    """Starts on the roadmap the editor came from."""

    def get_initial_form_instance(self) -> Commitment:
        asked = self.request.GET.get("roadmap", "")
        known = RoadmapPage.objects.editable_by(self.request.user)
        roadmap = known.filter(pk=key_in(asked)).first()
        return Commitment(roadmap=roadmap or known.order_by("-year").first())


class EditCommitment(SaysWhatReadersMiss, OwnCityMixin, EditThing):
    """Changes a commitment; what the cities have to sign leads to their signatures."""

    def get_success_message(self) -> str:
        if self.form.request is None:
            return super().get_success_message()
        return gettext("Readers see it once every city has signed. All else is saved.")

    def get_success_url(self) -> str:
        asked = self.form.request
        return reverse("approval", args=(asked.pk,)) if asked else super().get_success_url()


class CopyCommitment(generic.CopyView):
    """Starts a commitment from another one, under the next free number."""

    def get_initial_form_instance(self) -> Commitment:
        commitment = super().get_initial_form_instance()
        commitment.number = None
        begin_again(commitment)
        commitment._state.adding = True  # not the promise it starts from
        return commitment

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Its form is sent to where commitments are added; here it would write over the first."""
        raise Http404


class DeleteCommitment(OwnCityMixin, RefusesToDelete):
    """Takes a commitment off its roadmap that no reader knows, nor any signed answer."""

    def reason(self) -> str:
        published = apps.get_model("official", "PublishedAnswer")._default_manager
        if published.filter(commitments=self.object, replaced_at=None).exists():
            return gettext(
                "A signed answer promises it: it cannot be deleted. Mark it as stopped instead."
            )
        if self.object.is_kept:
            return gettext(
                "Readers have seen this promise: it cannot be deleted. Mark it as stopped instead."
            )
        return ""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class CommitmentFilters(WagtailFilterSet):
    """By roadmap, city and status."""

    class Meta:
        model = Commitment
        fields = ("roadmap", "led_by", "status")


class CommitmentViewSet(OwnViewSet):
    """Commitments of all roadmaps an editor may change."""

    model = Commitment
    name = "commitments"
    icon = "list-ul"
    menu_label = _("Commitments")
    index_view_class = ListCommitments
    add_view_class = AddCommitment
    edit_view_class = EditCommitment
    copy_view_class = CopyCommitment
    delete_view_class = DeleteCommitment
    list_display = (
        TitleColumn("title", label=_("Commitment"), accessor=str, url_name="commitments:edit"),
        Column("roadmap", label=_("Roadmap"), accessor="roadmap.year"),
        Column("state", label=_("State"), accessor="state_label"),
        Column("due_on", label=_("Due"), sort_key="due_on"),
        Column("evidence", label=_("Evidence"), accessor="evidence_count"),
    )
    list_per_page = 50
    filterset_class = CommitmentFilters
    search_fields = (*field_names("title"), *field_names("description"))
    search_backend_name = None

    def get_edit_handler(self) -> Any:
        """The form, in the order in which a promise is written down."""
        panels = (
            LanguagesPanel(),
            FieldRowPanel((FieldPanel("roadmap", widget=year_select()), FieldPanel("number"))),
            side_by_side("title", heading=_("Title")),
            side_by_side("description", heading=_("Description")),
            side_by_side("theme", heading=_("Theme")),
            FieldPanel("led_by"),
            MultiFieldPanel(
                (
                    FieldRowPanel(("status", "due_on")),
                    FieldPanel("finished_on"),
                ),
                heading=_("How far it is"),
            ),
            FieldRowPanel(("planned", "spent", "currency"), heading=_("Money not divided yet")),
            folded("budget_lines", heading=_("Who pays for what"), label=_("budget line")),
            PromisePanel(heading=_("If the promise itself changes")),
            folded("milestones", heading=_("Milestones"), label=_("milestone")),
            folded("indicators", heading=_("What it changes"), label=_("indicator")),
            side_by_side("not_measured", heading=_("Why it cannot be measured")),
            InlinePanel("evidence", heading=_("Because of"), label=_("Evidence")),
        )
        return ObjectList(panels, base_form_class=CommitmentForm).bind_to_model(self.model)
