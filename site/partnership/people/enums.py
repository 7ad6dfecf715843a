"""Fixed choices about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """For whom somebody speaks when not only for themselves."""

    CIVIL_SOCIETY = "civil_society", _("civil society group")
    FAITH = "faith", _("faith community")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood association")
    SCHOOL = "school", _("school")
    BUSINESS = "business", _("business")
    CITY_HALL = "city_hall", _("city hall")
    PUBLIC_BODY = "public_body", _("another public body")


#: For whom only people who work for a city may speak.
RESERVED = (OrganisationKind.CITY_HALL, OrganisationKind.PUBLIC_BODY)
