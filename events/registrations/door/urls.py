"""The address in the picture of a code: in no language, because nobody knows who will scan it."""

from django.urls import path

from events.registrations.door.views import door_scan

urlpatterns = (path("door/<slug:code>/", door_scan, name="door_scan"),)
