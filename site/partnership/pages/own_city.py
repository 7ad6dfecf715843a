"""Screens about what belongs to a page: for editors of its cities only.

Such a model says with ``page_paths`` which relations lead to its page, of which one is set.
"""

from functools import reduce
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.views.generic.detail import SingleObjectMixin
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from partnership.pages.fixed_names import fix_names
from partnership.pages.permissions import city_keys
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.serving import public_changed


def page_of(thing: Model) -> Any:
    """Return the page that a thing belongs to."""
    paths: tuple[str, ...] = thing.page_paths  # type: ignore[attr-defined]  # see above
    found = (reduce(getattr, path.split("__"), thing) for path in paths if _is_set(thing, path))
    return next(found)


def _is_set(thing: Model, path: str) -> bool:
    return getattr(thing, f"{path.partition('__')[0]}_id") is not None


def is_own(user: Any, thing: Model) -> bool:
    """Whether its page is joint or of a city this person works for."""
    return user.is_superuser or city_keys(user).open(page_of(thing))


def of_own_pages(rows: QuerySet, user: Any) -> QuerySet:
    """Return the rows whose page is joint or of a city this person works for."""
    if user.is_superuser:
        return rows
    pages = city_keys(user).pages().values("pk")
    paths: tuple[str, ...] = rows.model.page_paths
    own = reduce(Q.__or__, (Q(**{f"{path}__in": pages}) for path in paths))
    return rows.filter(own)


class OwnPagePolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the city of the page."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and is_own(user, instance)


class ReadNotWritten(OwnPagePolicy):
    """What people wrote themselves: nobody adds it for them, and nobody deletes it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"change", "view"} and bool(super().user_has_permission(user, action))


class OfOwnPage(SingleObjectMixin):
    """What belongs to another city's page does not exist for this editor."""

    request: HttpRequest

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        found = super().get_object(queryset)
        if not is_own(self.request.user, found):
            raise Http404
        return found


class OffersReadable(generic.IndexView):
    """Its filters offer no draft and no private page of another city, not by name either.

    ``offered`` names the path from what a filter offers to its page.
    """

    offered: tuple[tuple[str, str], ...]

    @cached_property
    def filters(self) -> Any:
        """Wagtail's, with what this person may read."""
        filters = super().filters
        readable = city_keys(self.request.user).readable().values("pk")
        for name, path in self.offered:
            field = filters.form.fields[name]
            field.queryset = field.queryset.filter(**{f"{path}__in": readable})
        return filters


class OwnList(generic.IndexView):
    """What belongs to pages this editor may change."""

    def get_base_queryset(self) -> QuerySet:
        rows = self.model._default_manager.select_related(*self.model.page_paths)
        return of_own_pages(rows, self.request.user)


class EditOwn(OfOwnPage, EditThing):
    """Changes what belongs to a page of one's own city."""


class DeleteOwn(OfOwnPage, generic.DeleteView):
    """Deletes what belongs to a page of one's own city."""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class AsAllowed:
    """Wagtail's screens that look at one thing: only for whoever may change that very thing."""

    request: HttpRequest
    permission_policy: ModelPermissionPolicy

    def get_object(self) -> Any:
        found = super().get_object()  # type: ignore[misc]  # of Wagtail's view beside it
        policy = self.permission_policy
        if not policy.user_has_permission_for_instance(self.request.user, "change", found):
            raise Http404
        return found


class OwnHistory(AsAllowed, generic.HistoryView):
    """What was changed about what one may change."""


class OwnUsage(AsAllowed, generic.UsageView):
    """Where what one may change is used."""


class OwnViewSet(ModelViewSet):
    """Screens whose policy asks for a city: their history and usage ask for it, too.

    What they save is public at once, so they save in turn (``two_hands``).
    """

    add_view_class = AddThing
    edit_view_class = EditThing
    history_view_class = OwnHistory
    usage_view_class = OwnUsage

    def get_edit_handler(self) -> Any:
        """Wagtail's panels, whose ids are the same in every language."""
        return fix_names(super().get_edit_handler())
