"""What moderators decide, and for which reasons something is not shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership.publication import HidingReason as HidingReason

#: The words of a reason that every site has, in every language that has a catalogue.
STANDARD = {
    HidingReason.SPAM: _(
        "It advertises something. This is a place to say what you want for your city; things and"
        " services are offered elsewhere."
    ),
    HidingReason.OFFENSIVE: _(
        "It hurts or threatens somebody. You can say the same thing, as sharply as you like,"
        " without attacking anybody."
    ),
    HidingReason.DOES_NOT_BELONG: _(
        "It is about something else than this consultation. If another one is about it, please"
        " write there."
    ),
    HidingReason.PERSONAL_DATA: _(
        "It tells something private about somebody, such as a name, an address or an illness."
        " You can say it again without that."
    ),
    HidingReason.UNLAWFUL: _("The law does not allow us to show it."),
}


class Outcome(models.TextChoices):
    """What was done about words of a resident."""

    PUBLISHED = "published", pgettext_lazy("decision", "published")
    HIDDEN = "hidden", pgettext_lazy("decision", "hidden")
    LINKED = "linked", pgettext_lazy("decision", "linked to what says the same")
    KEPT = "kept", pgettext_lazy("decision", "looked at and left as it is")
    HELD = "held", pgettext_lazy("decision", "hidden after several reports, until somebody looks")
    RETURNED = "returned", pgettext_lazy("decision", "shown again after an appeal")
    UPHELD = "upheld", pgettext_lazy("decision", "stays hidden after an appeal")
    REMOVED = "removed", pgettext_lazy("decision", "removed for good")
