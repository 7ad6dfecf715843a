"""Addresses of the search and of the feed, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home import feeds, views

urlpatterns = [
    path(_("search/"), views.search, name="search"),
    path(_("feed.atom"), feeds.NewsFeed(), name="feed"),
]
