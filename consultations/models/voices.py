"""For whom somebody speaks: kept with what they said, so that it stays what it was then."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.people.enums import OrganisationKind

LONGEST_ORGANISATION = 120


class SpokenFor(models.Model):
    """For oneself, or for an organisation of which readers see the kind and the name."""

    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=20, choices=OrganisationKind, blank=True
    )
    organisation_name = models.CharField(
        _("organisation"), max_length=LONGEST_ORGANISATION, blank=True
    )

    #: Written by somebody who works for the city; nothing else makes readers believe it.
    is_official = models.BooleanField(_("official"), default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def is_for_organisation(self) -> bool:
        """Whether it was said for more than whoever wrote it."""
        return bool(self.organisation_kind)


def official_is_city_hall(name: str) -> models.CheckConstraint:
    """What is said officially is said for a city hall."""
    for_city_hall = Q(organisation_kind=OrganisationKind.CITY_HALL)
    return models.CheckConstraint(condition=Q(is_official=False) | for_city_hall, name=name)


def organisation_is_whole(name: str) -> models.CheckConstraint:
    """An organisation has a kind and a name, or there is none."""
    nobody = Q(organisation_kind="", organisation_name="")
    return models.CheckConstraint(
        condition=nobody | (~Q(organisation_kind="") & ~Q(organisation_name="")), name=name
    )
