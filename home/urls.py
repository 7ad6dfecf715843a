"""Addresses of the search and of the feed, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home import feeds, views
from home.archive.views import lessons, year_file
from home.continuity.views import bond
from home.protocols.views import version_page

urlpatterns = [
    path(_("search/"), views.search, name="search"),
    path(_("lessons/"), lessons, name="lessons"),
    path(_("open-data/<int:year>.zip"), year_file, name="year_file"),
    path(_("partnership/"), bond, name="partnership"),
    path(
        _("protocols/<page_slug:slug>/versions/<int:number>/"),
        version_page,
        name="protocol_version",
    ),
    path(_("feed.atom"), feeds.NewsFeed(), name="feed"),
]
