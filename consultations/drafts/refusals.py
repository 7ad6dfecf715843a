"""Why a version is not published, changed or commented on."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class DraftNotReady(Refused):
    """Something is missing that readers have to be told."""

    code = "draft_not_ready"

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(
            _("This version cannot be published yet. %(reasons)s")
            % {"reasons": " ".join(self.reasons)}
        )


class DraftIsPublished(Refused):
    """People comment on these words."""

    code = "draft_is_published"

    def __init__(self) -> None:
        super().__init__(_("Readers see this version: it stays as it is. Write the next one."))


class NextVersionBegun(Refused):
    """The next version is written once, and follows the last one that readers see."""

    code = "next_version_begun"

    def __init__(self) -> None:
        super().__init__(_("The next version of this text is begun already."))


class ParagraphChanged(Refused):
    """Another version of the text followed while somebody wrote about one of its paragraphs."""

    code = "paragraph_changed"

    def __init__(self, paragraph: Any) -> None:
        words = {"paragraph": paragraph.sign, "number": paragraph.draft.version}
        super().__init__(
            _(
                "There is a later version of this text now. Your comment would be about "
                "%(paragraph)s of version %(number)d, as it is shown above. Read it, then send "
                "your comment."
            )
            % words
        )


class ParagraphGone(Refused):
    """The same, and the version that followed does not have the paragraph."""

    code = "paragraph_gone"

    def __init__(self, paragraph: Any) -> None:
        super().__init__(
            _(
                "There is a later version of this text now, and %(paragraph)s is no longer in "
                "it. Your comment would be about the consultation as a whole. Send it "
                "if you want that."
            )
            % {"paragraph": paragraph.sign}
        )
