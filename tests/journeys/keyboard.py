"""Somebody without a pointer: everything is reached by Tab, done by Enter, Space and arrows."""

from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Locator, expect

from tests.journeys.visitor import Visitor

#: So many stops may lie between where one is and what one wants.
MOST_STOPS = 40
#: More than any group of choices or list to choose from has.
MOST_CHOICES = 30
#: Whether the focus has come to an element, and why nobody could see where it is now.
LOOK = (Path(__file__).parent / "look.js").read_text("utf-8")


class OnlyKeys(Visitor):
    """A visitor who only has a keyboard, and looks where the focus is at every stop.

    Nothing is focused by the test: it begins where the page left the focus (its top, the place
    the address names, the summary of what is wrong) and presses Tab, or Shift and Tab for what
    stands above.
    """

    def reach(self, thing: Locator) -> None:
        """Tab to it; fail where the focus cannot be seen on the way, or is never there."""
        thing.wait_for()
        target = thing.element_handle()
        for _stop in range(MOST_STOPS):
            found = self.look(target)
            if found["is_here"]:
                return
            self.page.keyboard.press("Shift+Tab" if found["is_above"] else "Tab")
        raise AssertionError(f"The keyboard does not reach {thing}.")

    def look(self, target: ElementHandle) -> dict[str, Any]:
        """Say where the focus is; nothing glides there for whoever asks for less motion."""
        found = target.evaluate(LOOK)
        assert not found["unseen"], f"Nobody sees the focus: {found['unseen']}"
        return found

    def follow(self, thing: Locator) -> None:
        self.reach(thing)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, thing: Locator) -> None:
        self.reach(thing)
        self.page.keyboard.press("Enter")

    def fill(self, field: Locator, text: str) -> None:
        self.reach(field)
        if field.get_attribute("type") == "date":  # the browser's own order is the American one
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def tick(self, box: Locator) -> None:
        """Space ticks a box; arrows lead through a group of which one is chosen."""
        self.reach(box)
        target = box.element_handle()
        for _choice in range(MOST_CHOICES):
            if target.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not box.is_checked():
            self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def pick(self, select: Locator, value: str) -> None:
        self.reach(select)
        for _choice in range(MOST_CHOICES):
            if select.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not reach “{value}”.")
