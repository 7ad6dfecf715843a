"""Fixed choices about residents' ideas."""

from django.db import models
from django.utils.translation import pgettext_lazy

from consultations.enums import Act

#: While any of these may be done, readers say which ideas they support.
SUPPORTED_WHILE = (Act.PROPOSE, Act.COMMENT, Act.VOTE)


class IdeaOrder(models.TextChoices):
    """How the list can be read."""

    NEWEST = "newest", pgettext_lazy("order of ideas", "Newest first")
    SHARED = "shared", pgettext_lazy("order of ideas", "Most supported by every city")
    QUIET = "quiet", pgettext_lazy("order of ideas", "Those with the fewest reactions")
