"""The list of disagreements in the admin, and their forms."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from home.disputes.forms import DisputeForm
from home.disputes.models import Dispute
from home.disputes.presenting import clock_in_words
from home.disputes.views import WayView
from partnership.cities.viewsets import EditOwn
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.two_hands.views import AddThing


def _screen(dispute: Dispute) -> str:
    return reverse("disputes:way", args=(dispute.pk,))


class ListDisputes(generic.IndexView):
    """Those of the editor's cities: the one past its day for the longest time comes first."""

    def get_base_queryset(self) -> QuerySet:
        return Dispute.objects.of_editor(self.request.user).most_urgent_first().with_way()


class LeadsToTheWay:
    """Part of the screens that save one: it goes on where it is moved."""

    object: Dispute

    def get_success_url(self) -> str:
        return _screen(self.object)


class AddDispute(LeadsToTheWay, AddThing):
    """Writes down what the cities do not agree on."""


class EditDispute(LeadsToTheWay, EditOwn):
    """Changes the words of one of one's own city, or lets readers see less."""


class DisputeViewSet(OwnViewSet):
    """Disagreements with their clocks."""

    model = Dispute
    name = "disputes"
    icon = "group"
    menu_label = _("Disagreements")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    search_fields = None
    index_view_class = ListDisputes
    add_view_class = AddDispute
    edit_view_class = EditDispute
    list_display = (
        TitleColumn("title", label=_("Disagreement"), get_url=_screen),
        Column("clock", label=_("Step and clock"), accessor=clock_in_words),
        Column("raised_by", label=_("Raised by")),
        Column("confidentiality", label=_("Readers see"), accessor="get_confidentiality_display"),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        panels = (
            LanguagesPanel(),
            side_by_side("title", heading=_("title")),
            side_by_side("matter", heading=_("matter")),
            side_by_side("about", heading=_("what it is about")),
            FieldRowPanel(("raised_by", "raised_on")),
            FieldPanel("cities", widget=CheckboxSelectMultiple),
            FieldPanel("confidentiality"),
            FieldRowPanel(("commitment", "protocol")),
            FieldRowPanel(("committee", "mediator")),
        )
        return ObjectList(panels, base_form_class=DisputeForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and the screen on which one is moved."""
        way = path("way/<int:pk>/", WayView.as_view(), name="way")
        return [*super().get_urlpatterns(), way]
