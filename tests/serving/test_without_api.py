"""A start leaves out what Wagtail builds for an interface that is not installed, and only that."""

import sys

import pytest
from django.apps import apps

from partnership.serving import without_api

ASKED_FOR = ("wagtail.api.v3.api", "wagtail.images.api.v3.router", "wagtail.snippets.api.v3")


def test_nothing_of_it_was_built():
    assert [
        name for name in ASKED_FOR if not isinstance(sys.modules[name], without_api._StandIn)
    ] == []
    assert "ninja" not in sys.modules
    assert not isinstance(sys.modules["wagtail.api.v2"], without_api._StandIn)


def test_who_wants_it_without_installing_it_is_refused():
    from wagtail.api.v3.api import api

    with pytest.raises(AttributeError, match="urls"):
        api.urls  # noqa: B018 - what a list of addresses would ask for


def test_where_it_is_installed_it_is_wagtails_own(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", [])
    monkeypatch.setattr(apps, "is_installed", lambda name: name == without_api.INTERFACE)

    without_api.leave_it_out()

    assert sys.meta_path == []
