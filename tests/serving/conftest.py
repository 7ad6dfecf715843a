"""A page cache like the one of the live site: files, shared by whoever opens the folder."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import BaseCache

from partnership.serving import cache, freshness


@pytest.fixture
def page_cache(settings, tmp_path: Path, monkeypatch) -> BaseCache:
    """Keep pages in files of this test; the other tests keep none.

    No quarter of an hour ends meanwhile, which would end what is kept.
    """
    monkeypatch.setattr(freshness, "QUARTER", timedelta(hours=1))
    settings.CACHES = {
        **settings.CACHES,
        "pages": {
            "BACKEND": "partnership.serving.backends.FailSoftFileCache",
            "LOCATION": str(tmp_path / "pages"),
        },
    }
    return cache.store()
