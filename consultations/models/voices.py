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

    #: Whose own voice it is: it confirmed whoever spoke; nothing else makes readers believe it.
    partner = models.ForeignKey(
        "partners.Partner",
        verbose_name=_("confirmed organisation"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    #: Written by somebody who works for the city; nothing else makes readers believe it.
    is_official = models.BooleanField(_("official"), default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def is_for_organisation(self) -> bool:
        """Whether it was said for more than whoever wrote it."""
        return bool(self.organisation_kind)

    @property
    def organisation_shown(self) -> str:
        """Its name: of a partner in the reader's language, of any other as it was written."""
        return str(self.partner) if self.partner else self.organisation_name


def official_is_city_hall(name: str) -> models.CheckConstraint:
    """What is said officially is said for a city hall."""
    for_city_hall = Q(organisation_kind=OrganisationKind.CITY_HALL)
    return models.CheckConstraint(condition=Q(is_official=False) | for_city_hall, name=name)


def confirmed_has_kind(name: str) -> models.CheckConstraint:
    """A partner speaks as an organisation of some kind, like all others."""
    return models.CheckConstraint(condition=Q(partner=None) | ~Q(organisation_kind=""), name=name)


def organisation_is_whole(name: str) -> models.CheckConstraint:
    """An organisation has a kind and a name, or there is none."""
    nobody = Q(organisation_kind="", organisation_name="")
    return models.CheckConstraint(
        condition=nobody | (~Q(organisation_kind="") & ~Q(organisation_name="")), name=name
    )
