"""Why a text is not coded, or a comment not quoted."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class TextNotThere(Refused):
    """The text is gone, hidden, or of another consultation."""

    code = "text_not_there"

    def __init__(self) -> None:
        super().__init__(_("This text is not there any more."))


class ThemeElsewhere(Refused):
    """A theme of another codebook."""

    code = "theme_elsewhere"
    field = "themes"

    def __init__(self) -> None:
        super().__init__(_("Choose themes of this consultation."))


class ThemeIsUsed(Refused):
    """Texts stand under it, or it is answered."""

    code = "theme_is_used"

    def __init__(self) -> None:
        super().__init__(_("Texts stand under this theme, or it is answered: it stays."))
