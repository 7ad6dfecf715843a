"""No editing screen has a barrier at the narrowest width that is promised to editors."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.editing_screens import look_at_all

pytestmark = pytest.mark.journey
#: A laptop on a kitchen table.
LAPTOP = 1024


def test_no_editing_screen_has_a_barrier(
    open_page: Callable[..., Page], editing_screens: dict[str, str]
):
    page = open_page(width=LAPTOP)

    assert look_at_all(page, editing_screens, "en", unfolded=True) == {}
