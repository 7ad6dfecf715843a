"""Admin screens of what belongs to one city, for its editors only: of neighbourhoods first."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy

from partnership.cities.forms import NeighbourhoodForm
from partnership.cities.models import Neighbourhood
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import side_by_side
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import EditThing
from partnership.serving import public_changed


class OfOwnCity(ModelPermissionPolicy):
    """Django's permission, and on top of it the city; its rows are an ``OfCityQuerySet``."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        own = self.model._default_manager.of_editor(user).filter(pk=instance.pk)
        return self.user_has_permission(user, action) and own.exists()


class ListOwn(generic.IndexView):
    """Those of this editor's cities."""

    related: tuple[str, ...] = ("city",)

    def get_base_queryset(self) -> QuerySet:
        rows = self.model._default_manager.of_editor(self.request.user)
        return rows.select_related(*self.related)


class OfOwnCityOnly:
    """What belongs to another city does not exist for this editor."""

    request: HttpRequest
    model: type[Model]

    def get_queryset(self) -> QuerySet:
        return self.model._default_manager.of_editor(self.request.user)


class EditOwn(OfOwnCityOnly, EditThing):
    """Changes what belongs to one's own city."""


class DeleteOwn(OfOwnCityOnly, generic.DeleteView):
    """Deletes what belongs to one's own city."""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class DeleteNeighbourhood(OfOwnCityOnly, RefusesToDelete):
    """Deletes one that nothing is about: else it would be about the whole of its cities."""

    def reason(self) -> str:
        about_it = {page.pk: str(page) for page in self.object.consultations.all()}
        drafts = self.object.consultations.model.objects.filter(has_unpublished_changes=True)
        for version in (page.get_latest_revision_as_object() for page in drafts):
            if self.object in version.neighbourhoods.all():
                about_it[version.pk] = str(version)
        titles = ", ".join(about_it.values())
        return (
            _("It stays while this is about it: %(things)s") % {"things": titles} if titles else ""
        )


class NeighbourhoodViewSet(OwnViewSet):
    """List, name and delete the parts of one's city."""

    model = Neighbourhood
    name = "neighbourhoods"
    icon = "home"
    menu_label = gettext_lazy("Neighbourhoods")
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ListOwn
    edit_view_class = EditOwn
    delete_view_class = DeleteNeighbourhood
    list_display = (
        TitleColumn(
            "name", label=gettext_lazy("Name"), accessor=str, url_name="neighbourhoods:edit"
        ),
        Column("city", label=gettext_lazy("City")),
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
    )
    search_fields = None
    edit_handler = ObjectList(
        (side_by_side("name"), FieldRowPanel((FieldPanel("city"), FieldPanel("code")))),
        base_form_class=NeighbourhoodForm,
    )
