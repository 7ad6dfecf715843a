"""Why a media kit is not published yet."""

from django.utils.translation import gettext_lazy as _

from partnership.pages.wording.gate import NotReady


class TooManyWords(NotReady):
    """A text that is longer than it says it is."""

    code = "too_many_words"

    def __init__(self, *, most: int, field: str) -> None:
        super().__init__(_("At most %(most)s words.") % {"most": most})
        self.field = field


class PictureNotDescribed(NotReady):
    """A picture of which nobody said in some language what it shows."""

    code = "picture_not_described"

    def __init__(self, *, title: str, language: str) -> None:
        super().__init__(
            _("Describe the photo “%(title)s” in %(language)s first, in its own screen.")
            % {"title": title, "language": language}
        )
