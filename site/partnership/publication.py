"""What people write for others to read: who may see it, why not, and what waits for a reader."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: An address with its scheme, one that begins with www, or a name with a well-known ending.
LINK = re.compile(
    r"(?i)[a-z0-9+.-]://|\bwww\.|"
    r"[a-z0-9-]\.(?:com|net|org|info|biz|shop|online|site|top|xyz|io|eu|es|uk|de|fr|ru|cn)\b"
)


class PublicationStatus(models.TextChoices):
    """Who may see something."""

    DRAFT = "draft", pgettext_lazy("publication status", "draft")
    PENDING = "pending", pgettext_lazy("publication status", "waiting")
    PUBLISHED = "published", pgettext_lazy("publication status", "published")
    HIDDEN = "hidden", pgettext_lazy("publication status", "hidden")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication status", "withdrawn")
    ERASED = "erased", pgettext_lazy("publication status", "erased")


class HidingReason(models.TextChoices):
    """Why something is not shown; the public log counts by it."""

    SPAM = "spam", _("advertising")
    OFFENSIVE = "offensive", _("hurts or threatens somebody")
    DOES_NOT_BELONG = "does_not_belong", _("does not belong here")
    PERSONAL_DATA = "personal_data", _("tells something private about somebody")
    UNLAWFUL = "unlawful", _("against the law")
    OTHER = "other", _("another reason, which the author was told")


def holds_link(text: str) -> bool:
    """Whether a reader could be led away by these words."""
    return LINK.search(text) is not None
