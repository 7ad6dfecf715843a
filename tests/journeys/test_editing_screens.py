"""No editing screen has a barrier, at the narrowest width promised to editors or at a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.editing_screens import look_at_all
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey


def test_no_editing_screen_has_a_barrier(
    open_page: Callable[..., Page], editing_screens: dict[str, str]
):
    editors = [Visitor(open_page(), language) for language in ("en", "es")]

    assert look_at_all(editors, editing_screens) == {}
