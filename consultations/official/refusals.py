"""Why answers are not kept, sent to be signed or taken away."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class NothingAnswered(Refused):
    """A sheet without a single answer."""

    code = "nothing_answered"

    def __init__(self) -> None:
        super().__init__(_("Write an answer first."))


class AnswersNotReady(Refused):
    """An answer that is not there in every language, or out of date in one."""

    code = "answers_not_ready"

    def __init__(self, reasons: Any) -> None:
        self.reasons = list(reasons)
        super().__init__(
            _("Not every answer is ready in every language. %(reasons)s")
            % {"reasons": "; ".join(self.reasons)}
        )


class TargetElsewhere(Refused):
    """What is answered was not said in this consultation, or nobody sees it."""

    code = "target_elsewhere"

    def __init__(self) -> None:
        super().__init__(_("Choose something that was said in this consultation."))


class AnswerIsPublished(Refused):
    """Readers know it: it can be changed, and stays."""

    code = "answer_is_published"

    def __init__(self) -> None:
        super().__init__(_("This answer is published. Change it, and have it signed again."))
