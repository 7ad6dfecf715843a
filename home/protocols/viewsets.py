"""Versions of protocols in the admin."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from home.protocols.forms import BeginVersionForm, VersionForm
from home.protocols.models import ProtocolVersion
from home.protocols.panels import EXCHANGE_PANELS, MUTUAL_AID_PANELS
from home.protocols.refusals import VersionIsSigned
from home.protocols.services import ask_to_sign
from home.protocols.signing import cities_of, who_signed
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import steps_of
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import EditOwn, OfOwnPage, OwnList, OwnViewSet
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import AddThing
from partnership.refusals import Refused


class BeginVersion(AddThing):
    """Chooses the protocol; the words are written on the screen that follows."""

    def get_initial_form_instance(self) -> ProtocolVersion:
        return ProtocolVersion(protocol_id=key_in(self.request.GET.get("protocol", "")))

    def get_success_url(self) -> str:
        return reverse("protocol_versions:edit", args=(self.object.pk,))


class EditVersion(EditOwn):
    """Writes a draft; of what every city has signed, shows who did."""

    def get_panel(self) -> Any:
        """The screen of this kind of protocol."""
        versions = ProtocolVersion.objects.select_related("protocol")
        version = versions.filter(pk=key_in(self.object_pk)).first()
        is_mutual_aid = version is not None and version.protocol.is_mutual_aid
        panels = MUTUAL_AID_PANELS if is_mutual_aid else EXCHANGE_PANELS
        return ObjectList(panels, base_form_class=VersionForm).bind_to_model(ProtocolVersion)

    def get_form_class(self) -> Any:
        return self.panel.get_form_class()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = self.get_object()
        if not version.is_signed:
            return super().get(request, *args, **kwargs)
        return self._show_signed(version)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = self.get_object()
        if not version.is_signed:
            return super().post(request, *args, **kwargs)
        if "ask_again" not in request.POST:
            messages.error(request, str(VersionIsSigned()))
            return self._show_signed(version, status=422)
        try:
            asked = ask_to_sign(version, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._show_signed(version, status=422)
        return redirect("approval", asked.pk)

    def _show_signed(self, version: ProtocolVersion, status: int = 200) -> HttpResponse:
        asked = ApprovalRequest.objects.about(version).first()
        signed = who_signed([version])[version.pk]
        context = {
            "version": version,
            "page_title": str(version),
            "header_icon": "key",
            "asked": asked,
            "signers": steps_of(asked) if asked else [],
            "missing": [city for city in cities_of(version) if city.pk not in signed],
        }
        return render(self.request, "protocols/admin/signed.html", context, status=status)

    def get_success_message(self) -> str:
        if self.form.request is None:
            return super().get_success_message()
        return gettext("Every city is asked to sign it. Readers see it once all of them have.")

    def get_success_url(self) -> str:
        asked = self.form.request
        return reverse("approval", args=(asked.pk,)) if asked else super().get_success_url()


class DeleteVersion(OfOwnPage, RefusesToDelete):
    """Gives up a draft that no city is looking at."""

    def reason(self) -> str:
        if self.object.is_signed:
            return str(VersionIsSigned())
        if ApprovalRequest.objects.open().about(self.object).exists():
            return gettext("The cities are asked to sign it. Call that off first.")
        return ""


class VersionList(OwnList):
    """Versions of protocols that this editor may change."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().order_by("protocol__path", "-number")


class VersionViewSet(OwnViewSet):
    """What the cities sign of their protocols."""

    model = ProtocolVersion
    name = "protocol_versions"
    icon = "list-ol"
    menu_label = _("Protocols")
    menu_name = "partnership.protocols"
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = VersionList
    add_view_class = BeginVersion
    edit_view_class = EditVersion
    delete_view_class = DeleteVersion
    list_display = (
        TitleColumn("version", label=_("Version"), accessor=str, url_name="protocol_versions:edit"),
        Column("kind", label=_("Kind"), accessor="protocol.get_kind_display"),
        DateColumn("signed_at", label=_("Signed by every city")),
        Column("in_force_from", label=_("In force from")),
    )

    @cached_property
    def _begin_handler(self) -> Any:
        panels = (FieldPanel("protocol", widget=Select),)
        return ObjectList(panels, base_form_class=BeginVersionForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """What a new version begins with; the screen of a version chooses its own."""
        return self._begin_handler
