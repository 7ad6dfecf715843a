"""Themes in the admin: written in every language, kept once texts stand under them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy

from consultations.analysis.forms import ThemeForm
from consultations.analysis.models import Theme
from consultations.analysis.services import drop_theme
from consultations.models import ConsultationPage
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import field_names
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.permissions import city_keys
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.refusals import Refused


def is_own_city(user: Any, theme: Theme) -> bool:
    """Whether this person works for one of the cities of the theme's consultation."""
    return user.is_superuser or city_keys(user).open(theme.consultation)


class ThemePolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the city of the consultation."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Theme) -> bool:
        return self.user_has_permission(user, action) and is_own_city(user, instance)


class OwnCityMixin:
    """Another city's theme does not exist here; afterwards one is back at the codebook."""

    def get_object(self, queryset: QuerySet | None = None) -> Theme:
        theme: Theme = super().get_object(queryset)
        if not is_own_city(self.request.user, theme):
            raise Http404
        return theme

    def get_success_url(self) -> str:
        return reverse("analysis_codebook", args=(self.object.consultation_id,))


class ListThemes(generic.IndexView):
    """The themes of this person's consultations."""

    def get_base_queryset(self) -> QuerySet:
        own = ConsultationPage.objects.of_moderator(self.request.user).values("pk")
        return Theme.objects.filter(consultation__in=own).select_related("consultation")


class AddTheme(AddThing):
    """Starts in the consultation, and with the word, that somebody came with."""

    def get_initial_form_instance(self) -> Theme:
        asked = key_in(self.request.GET.get("consultation", ""))
        known = ConsultationPage.objects.of_moderator(self.request.user).order_by("-closes_at")
        chosen = known.filter(pk=asked).first()
        words = {name: self.request.GET.get(name, "")[:80] for name in field_names("title")}
        return Theme(consultation=chosen or known.first(), **words)

    def get_success_url(self) -> str:
        return reverse("analysis_codebook", args=(self.object.consultation_id,))


class EditTheme(OwnCityMixin, EditThing):
    """Changes the words of a theme."""


class DeleteTheme(OwnCityMixin, generic.DeleteView):
    """Takes a theme away as long as nothing hangs on it."""

    def delete_action(self) -> None:
        drop_theme(self.object)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("themes:edit", self.object.pk)


class ThemeViewSet(OwnViewSet):
    """The themes; the way to them is the codebook of a consultation."""

    model = Theme
    name = "themes"
    icon = "tag"
    menu_label = _("Themes")
    index_view_class = ListThemes
    add_view_class = AddTheme
    edit_view_class = EditTheme
    delete_view_class = DeleteTheme
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = (
        TitleColumn("title", label=_("Theme"), accessor=str, url_name="themes:edit"),
        Column("consultation", label=_("Consultation"), accessor="consultation.title"),
    )
    search_fields = None

    def get_edit_handler(self) -> Any:
        """The form: where it belongs, its name, what belongs to it."""
        panels = (
            LanguagesPanel(),
            FieldPanel("consultation", widget=forms.Select()),
            side_by_side("title", heading=_("Theme")),
            side_by_side("description", heading=_("What belongs to it")),
        )
        return ObjectList(panels, base_form_class=ThemeForm).bind_to_model(self.model)
