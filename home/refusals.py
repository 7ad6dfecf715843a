"""What keeps a text from being published."""

from django.utils.translation import gettext_lazy as _

from partnership.pages.wording.gate import NotReady


class WithoutCommitment(NotReady):
    """A story of nothing that was promised."""

    code = "without_commitment"
    field = "commitment"

    def __init__(self) -> None:
        super().__init__(_("Choose the promise this story is about before publishing it."))
