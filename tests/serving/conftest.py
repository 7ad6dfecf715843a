"""A page cache like the one of the live site: files, shared by whoever opens the folder."""

from pathlib import Path

import pytest
from django.core.cache import BaseCache

from partnership.serving import cache


@pytest.fixture
def page_cache(settings, tmp_path: Path) -> BaseCache:
    """Keep pages in files of this test; the other tests keep none."""
    settings.CACHES = {
        **settings.CACHES,
        "pages": {
            "BACKEND": "partnership.serving.backends.FailSoftFileCache",
            "LOCATION": str(tmp_path / "pages"),
        },
    }
    return cache.store()
