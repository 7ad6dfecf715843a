"""Fixed choices about partners."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerKind(models.TextChoices):
    """What a partner is, in the order in which readers see them."""

    MUNICIPALITY = "municipality", pgettext_lazy("partner", "municipality")
    REGIONAL_AUTHORITY = "regional_authority", pgettext_lazy("partner", "regional authority")
    UNIVERSITY = "university", pgettext_lazy("partner", "university")
    SCHOOL = "school", pgettext_lazy("partner", "school")
    BUSINESS = "business", pgettext_lazy("partner", "business")
    CIVIL_SOCIETY = "civil_society", pgettext_lazy("partner", "civil society group")
    FAITH = "faith", pgettext_lazy("partner", "faith community")
    CONVENER = "convener", pgettext_lazy("partner", "neutral convener")
    OTHER = "other", pgettext_lazy("partner", "another partner")


#: What readers see above those of a kind.
PLURALS = {
    PartnerKind.MUNICIPALITY: _("Municipalities"),
    PartnerKind.REGIONAL_AUTHORITY: _("Regional authorities"),
    PartnerKind.UNIVERSITY: _("Universities"),
    PartnerKind.SCHOOL: _("Schools"),
    PartnerKind.BUSINESS: _("Businesses"),
    PartnerKind.CIVIL_SOCIETY: _("Civil society"),
    PartnerKind.FAITH: _("Faith communities"),
    PartnerKind.CONVENER: _("Neutral conveners"),
    PartnerKind.OTHER: _("Other partners"),
}
