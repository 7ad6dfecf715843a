"""The addresses of events that are not pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from events.boards.views import board_page
from events.drills.views import drill_checklist
from events.feeds import EventsFeed
from events.registrations.door.paper import door_paper
from events.registrations.door.views import door, door_list, door_place, door_ticks, walk_in
from events.registrations.views import (
    cancel_place,
    change_place,
    give_back_place,
    guardian,
    place,
    sign_up_code,
    sign_up_to_event,
)
from events.views import event_calendar, events_calendar

urlpatterns = (
    path(_("events/<page_slug:slug>/sign-up/"), sign_up_to_event, name="event_sign_up"),
    path(_("events/<page_slug:slug>/sign-up/code/"), sign_up_code, name="event_sign_up_code"),
    path(_("events/calendar.ics"), events_calendar, name="events_calendar"),
    path(_("events/feed.atom"), EventsFeed(), name="events_feed"),
    path(_("events/<page_slug:slug>/calendar.ics"), event_calendar, name="event_calendar"),
    path(_("events/<page_slug:slug>/boards/<int:number>/"), board_page, name="event_board"),
    path(_("drills/<page_slug:slug>/checklist/"), drill_checklist, name="drill_checklist"),
    path(_("events/<page_slug:slug>/door/"), door, name="event_door"),
    path(_("events/<page_slug:slug>/door/new/"), walk_in, name="event_door_walk_in"),
    path(_("events/<page_slug:slug>/door/list/"), door_list, name="event_door_list"),
    path(_("events/<page_slug:slug>/door/ticks/"), door_ticks, name="event_door_ticks"),
    path(_("door/<slug:code>/"), door_place, name="door_place"),
    path(_("door/<slug:code>/paper/"), door_paper, name="door_paper"),
    path(_("my-places/<slug:code>/give-back/"), cancel_place, name="cancel_place"),
    path(_("guardian/<str:key>/"), guardian, name="guardian"),
    path(_("places/<str:key>/"), place, name="place"),
    path(_("places/<str:key>/change/"), change_place, name="place_change"),
    path(_("places/<str:key>/give-back/"), give_back_place, name="place_give_back"),
)
