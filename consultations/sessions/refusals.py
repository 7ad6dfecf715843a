"""Why notes of a session are not taken."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class SessionElsewhere(Refused):
    """People read and answer them in another consultation already."""

    code = "session_elsewhere"

    def __init__(self) -> None:
        super().__init__(
            _("The notes of this session stand in another consultation already: choose that one."),
            field="consultation",
        )


class ConsultationAnswered(Refused):
    """What was said there has its answers; nothing is added afterwards."""

    code = "consultation_answered"

    def __init__(self) -> None:
        super().__init__(
            _("This consultation is answered: notes can neither be added nor changed any more."),
            field="consultation",
        )


class ConsultationNotPublic(Refused):
    """Nobody could read the notes."""

    code = "consultation_not_public"

    def __init__(self) -> None:
        super().__init__(_("Publish the consultation first."), field="consultation")
