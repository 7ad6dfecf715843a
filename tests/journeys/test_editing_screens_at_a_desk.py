"""No editing screen has a barrier at a desk; a file of its own, to be walked beside the other.

The colours are the same in every language, and measured there.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.browser import DESK
from tests.journeys.editing_screens import look_at_all

pytestmark = pytest.mark.journey
#: One language is enough to look at those.
SEEN_ALREADY = (", new", ", add", ", index")


def test_no_editing_screen_has_a_barrier(
    open_page: Callable[..., Page], editing_screens: dict[str, str]
):
    page = open_page(width=DESK)

    found = look_at_all(page, editing_screens, "es", left_out=SEEN_ALREADY, but=("color-contrast",))

    assert found == {}
