"""The cities of the partnership, which everything is counted by, and the parts of each."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.cities import inks
from partnership.cities.enums import Gate
from partnership.cities.querysets import CityQuerySet, NeighbourhoodQuerySet

LETTERS = "abcdefgh"
HEX_COLOUR = r"^#[0-9A-Fa-f]{6}$"
is_hex_colour = RegexValidator(HEX_COLOUR, _("Write the colour as # and six digits."))
is_currency = RegexValidator(r"^[A-Z]{3}$", _("Write the currency as three capital letters."))


class City(models.Model):
    """One city; its letter (a, b, c ...) is its place in the order and picks its ink."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    language_code = models.CharField(_("language of the city hall"), max_length=20)
    time_zone = models.CharField(_("time zone"), max_length=60)
    ink = models.CharField(_("ink"), max_length=7, blank=True, validators=(is_hex_colour,))
    logo = models.ForeignKey(
        "pages.Photo",
        verbose_name=_("its own mark"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "Its coat of arms or logo, described in every language. It stands at its name in the "
            "foot of every page and in the media kit, on white."
        ),
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    population = models.PositiveIntegerField(_("residents"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("counted in the year"), null=True, blank=True
    )
    joined_on = models.DateField(
        _("joined on"),
        null=True,
        blank=True,
        help_text=_(
            "Empty for the cities that began it. What closed before this day is counted without it."
        ),
    )
    left_on = models.DateField(
        _("left on"),
        null=True,
        blank=True,
        help_text=_(
            "From this day on it signs nothing, reads no page before it is published, and decides "
            "in nothing that opens later. What it took part in stays as it is."
        ),
    )
    address = models.TextField(_("address"), blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    translation_gate = models.CharField(
        _("when a language is missing"),
        max_length=10,
        choices=Gate,
        default=Gate.BLOCK,
        help_text=_("For pages of several cities the stricter choice counts."),
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name or self.code

    def clean(self) -> None:
        """Refuse an ink that cannot be seen on the paper of the site."""
        written = self.ink and re.match(HEX_COLOUR, self.ink)
        if written and inks.contrast(self.ink, inks.PAPER) < inks.LEAST_FOR_SHAPES:
            raise ValidationError({"ink": inks.too_pale(self.ink)})
        if self.joined_on and self.left_on and self.left_on < self.joined_on:
            raise ValidationError({"left_on": _("It cannot leave before it joins.")})

    @property
    def has_left(self) -> bool:
        """Whether it is a partner no more."""
        return self.left_before(timezone.localdate())

    def left_before(self, day: date) -> bool:
        """Whether it was a partner no more on that day."""
        return self.left_on is not None and self.left_on <= day

    @property
    def letter(self) -> str:
        """The letter of the city's ink and mark: a for the first city, b for the second."""
        return LETTERS[self.position]


class Neighbourhood(models.Model):
    """A part of one city: what something can be about that is not about the whole of it."""

    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="neighbourhoods"
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Stands in addresses, for example “old-harbour”. It should never change."),
    )

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        ordering = ("city__position", "code")

    def __str__(self) -> str:
        return self.name or self.code
