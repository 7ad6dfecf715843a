"""What readers are told after an action, and whether the page opens there or at its own place."""

from typing import Any

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponseBase

#: Of a message on a page that is opened at a place of its own (``#comment-7``).
ELSEWHERE = "elsewhere"


class MessageStorage(FallbackStorage):
    """Django's, which also notes of its messages that the browser opens the page elsewhere.

    A browser that is led to a place within a page gives no focus to anything else, and says so.
    """

    def update(self, response: HttpResponseBase) -> Any:
        """Keep what was not shown yet, with where the answer leads."""
        if "#" in response.headers.get("Location", ""):
            waiting = self._waiting()
            for message in waiting:
                message.extra_tags = f"{message.extra_tags or ''} {ELSEWHERE}".strip()
            self.added_new = self.added_new or bool(waiting)
        return super().update(response)

    def _waiting(self) -> list[Message]:
        """Those of before, and those of this request."""
        loaded: list[Message] = self._loaded_messages  # type: ignore[attr-defined]  # unknown to stubs
        queued: list[Message] = self._queued_messages  # type: ignore[attr-defined]  # unknown to stubs
        return [*loaded, *queued]


def is_where_the_page_opens(messages: Any) -> bool:
    """Whether the page is opened at these, and not at a place of its own."""
    return not any(ELSEWHERE in message.tags.split() for message in messages)
