"""Fixed choices about translations of residents' words."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Origin(models.TextChoices):
    """Who put the words into another language; a machine's are never taken for a person's."""

    AUTHOR = "author", pgettext_lazy("translation by", "the author")
    STAFF = "staff", pgettext_lazy("translation by", "city staff")
    VOLUNTEER = "volunteer", pgettext_lazy("translation by", "a neighbour")
    MACHINE = "machine", pgettext_lazy("translation by", "a machine")


class TranslationStatus(models.TextChoices):
    """Where a translation stands; at most one of each text is accepted in each language."""

    PROPOSED = "proposed", pgettext_lazy("translation", "waiting")
    ACCEPTED = "accepted", pgettext_lazy("translation", "shown")
    REPLACED = "replaced", pgettext_lazy("translation", "replaced by a newer one")
    REFUSED = "refused", pgettext_lazy("translation", "not accepted")
