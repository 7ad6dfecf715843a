"""Why a translation is not taken, in sentences for whoever wrote or decided it."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class WordsNotThere(Refused):
    """Readers do not see what would be translated (any more)."""

    code = "words_not_there"

    def __init__(self) -> None:
        super().__init__(_("These words are not shown on the site any more."))


class WrongTargetLanguage(Refused):
    """Not a partner language, or the one the words are written in."""

    code = "wrong_target_language"

    def __init__(self) -> None:
        super().__init__(_("Choose a language of this site other than the one of the original."))


class TranslationEmpty(Refused):
    """A translation in which nothing can be read."""

    code = "translation_empty"
    field = "text"

    def __init__(self) -> None:
        super().__init__(_("Write the translation first."))


class SameAsOriginal(Refused):
    """The original, sent back."""

    code = "same_as_original"
    field = "text"

    def __init__(self) -> None:
        super().__init__(
            _("This is the original. Write what it says in the language you translate into.")
        )


class MachineTextUnchanged(Refused):
    """A machine's words, which would pass for a person's."""

    code = "machine_text_unchanged"
    field = "text"

    def __init__(self) -> None:
        super().__init__(
            _("This is the machine's text as it stands. Change what is not right in it.")
        )


class OriginalChanged(Refused):
    """What was translated is not what is written now."""

    code = "original_changed"

    def __init__(self) -> None:
        super().__init__(_("The original has changed in the meantime. Please read it again."))


class TooManyWaiting(Refused):
    """One person's proposals, more than moderators can read."""

    code = "too_many_waiting"

    def __init__(self) -> None:
        super().__init__(
            _("Many of your translations wait to be read. Please go on when some are decided.")
        )


class AlreadyDecided(Refused):
    """Somebody else has accepted or refused it in the meantime."""

    code = "already_decided"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has decided about this in the meantime."))
