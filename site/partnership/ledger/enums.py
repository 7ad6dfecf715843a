"""How a request for approval can end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of a request; one that has none of these is open."""

    SIGNED = "signed", _("Every city has signed")
    EDITED = "edited", _("It was changed, so that it has to be signed anew")
    RETURNED = "returned", _("A city asks for changes")
    WITHDRAWN = "withdrawn", _("Called off")
