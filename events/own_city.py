"""Whose event is it: screens about what belongs to events, for editors of its cities only."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.views.generic.detail import SingleObjectMixin
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy

from events.models import EventPage
from partnership.pages.permissions import city_keys
from partnership.serving import public_changed


def is_own_event(user: Any, event: EventPage) -> bool:
    """Whether the event is joint or of a city this person works for."""
    return user.is_superuser or city_keys(user).open(event)


def of_own_events(rows: QuerySet, user: Any) -> QuerySet:
    """Return the rows that belong to events of the editor's cities, or to joint ones."""
    if user.is_superuser:
        return rows
    own = Q(cities__in=user.edits_for.all()) | Q(cities=None)
    events = EventPage.objects.filter(own).order_by().values("pk")
    return rows.filter(event__in=events)


class OwnEventPolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the city of the event."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and is_own_event(user, instance.event)


class OfOwnEvent(SingleObjectMixin):
    """What belongs to another city's event does not exist for this editor."""

    request: HttpRequest

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        found = super().get_object(queryset)
        if not is_own_event(self.request.user, found.event):
            raise Http404
        return found


class OwnList(generic.IndexView):
    """What belongs to events this editor may change."""

    def get_base_queryset(self) -> QuerySet:
        rows = self.model._default_manager.select_related("event")
        return of_own_events(rows, self.request.user)


class EditOwn(OfOwnEvent, generic.EditView):
    """Changes what belongs to an event of one's own city."""


class DeleteOwn(OfOwnEvent, generic.DeleteView):
    """Deletes what belongs to an event of one's own city."""

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()
