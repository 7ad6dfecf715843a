"""Partners: who carries the partnership beside the cities, or is one of them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from home.partners.enums import PartnerKind
from home.partners.querysets import PartnerQuerySet
from partnership.pages.wording.remembering import RemembersWording


class Partner(RemembersWording, models.Model):
    """An organisation that takes part; it may be one of the cities and mostly is none."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    summary = models.TextField(
        _("what it does here"), blank=True, help_text=_("One sentence, shown under the name.")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=PartnerKind, default=PartnerKind.OTHER
    )
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partners",
        help_text=_("Empty: of no single city. Then editors of every city look after it."),
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "pages.Photo",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    neutrality = models.TextField(
        _("statement of neutrality"),
        blank=True,
        help_text=_("Of a neutral convener: why it takes no side, in its own words."),
    )
    starts_on = models.DateField(_("partner since"), null=True, blank=True)
    ends_on = models.DateField(
        _("partner until"),
        null=True,
        blank=True,
        help_text=_("Its last day. After it readers find it among the former partners."),
    )
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Readers see it on the page of partners.")
    )

    objects = PartnerQuerySet.as_manager()

    publish_required = ("name", "summary")

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="partner_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name or ""

    @property
    def is_convener(self) -> bool:
        """Whether it invites and moderates without taking sides."""
        return self.kind == PartnerKind.CONVENER

    @property
    def anchor(self) -> str:
        """The id of its entry on the page of partners."""
        return f"partner-{self.pk}"

    def is_former_on(self, today: date) -> bool:
        """Whether its time has ended."""
        return self.ends_on is not None and self.ends_on < today

    def get_absolute_url(self) -> str:
        """Its entry on the page of partners, in the active language."""
        return f"{reverse('partners')}#{self.anchor}"
