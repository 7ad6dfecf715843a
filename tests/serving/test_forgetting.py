"""A store that fails breaks no write, and what is forgotten is in no store afterwards."""

from time import time

import pytest
from django.db import transaction
from django.http import HttpRequest

from partnership.serving import cache, signals

pytestmark = pytest.mark.django_db(transaction=True)


def stored(version):
    return cache.StoredPage(version, "/en/", time() + 60, (), b"Old words")


def committed(work, *args):
    with transaction.atomic():
        work(*args)


def fails():
    raise ConnectionError


def test_a_store_that_fails_lets_the_write_be_written(page_cache, monkeypatch):
    monkeypatch.setattr(cache, "renew", fails)
    done = []

    with transaction.atomic():
        cache.public_changed()
        transaction.on_commit(lambda: done.append("and what comes after it"))

    assert done == ["and what comes after it"]


@pytest.mark.parametrize("act", [list, fails])
def test_what_is_forgotten_is_in_no_file_nor_at_hand_and_other_files_go_too(
    page_cache, monkeypatch, act
):
    asked = []
    monkeypatch.setattr(cache, "_also_then", [lambda: asked.append("other files"), act])
    before = cache.version()
    cache.keep("page", stored(before))
    assert cache.find("page", before, "/en/").body == b"Old words"

    committed(cache.public_forgotten)

    assert asked == ["other files"]
    assert cache.find("page", before, "/en/") is None
    assert cache.version() != before


def test_a_store_that_is_no_folder_gets_a_new_version_where_words_are_forgotten(settings):
    in_memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "of it"}
    settings.CACHES = {**settings.CACHES, "pages": in_memory}
    before = cache.version()

    committed(cache.public_forgotten)

    assert before
    assert cache.version() != before


def test_what_readers_never_see_renews_nothing(page_cache):
    before = cache.version()

    committed(signals.saved, HttpRequest, HttpRequest())

    assert cache.version() == before
