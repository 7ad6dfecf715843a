"""The clock's address outside the languages, for machines that watch the site."""

from django.urls import path

from partnership.outbox.views import clockz

urlpatterns = [path("clockz", clockz, name="clockz")]
