"""Sheets of codes on paper; of each code there is only what recognises it again."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from consultations.codes.enums import CodeStatus
from consultations.codes.querysets import CodeSheetQuerySet, EntryCodeQuerySet
from consultations.fields import KeyByChance
from consultations.models import ConsultationPage
from consultations.models.responses import new_key
from partnership.cities.models import City

LONGEST_NOTE = 80


def new_salt() -> str:
    """Return what makes the digests of one sheet unlike those of any other."""
    return secrets.token_hex(16)


class CodeSheet(models.Model):
    """Codes that were made together for one consultation and city, and printed once."""

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.PROTECT, related_name="code_sheets"
    )
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("sheet"))
    note = models.CharField(_("handed out at"), max_length=LONGEST_NOTE, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    objects = CodeSheetQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # no page shows them

    class Meta:
        verbose_name = _("sheet of codes")
        verbose_name_plural = _("sheets of codes")
        ordering = ("-number",)
        permissions = (("make_codes", _("Can make codes for people without e-mail")),)
        constraints = (
            models.UniqueConstraint(fields=("consultation", "number"), name="code_sheet_number"),
        )

    def __str__(self) -> str:
        return f"{self.consultation}, {self.number}"

    def digest(self, code: str) -> str:
        """What stands for a code of this sheet: salted, and keyed by the site's secret."""
        mac = salted_hmac("consultations.codes", f"{self.salt}:{code}", algorithm="sha256")
        return mac.hexdigest()


class EntryCode(models.Model):
    """One code: its number on the sheet, its digest, and whether it can still be used.

    Nothing tells when or by whom it was used.
    """

    id = KeyByChance(primary_key=True, default=new_key, editable=False)
    sheet = models.ForeignKey(CodeSheet, on_delete=models.PROTECT, related_name="codes")
    number = models.PositiveSmallIntegerField(_("number"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(
        _("state"), max_length=10, choices=CodeStatus, default=CodeStatus.UNUSED
    )

    objects = EntryCodeQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each slip of paper

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = (
            models.UniqueConstraint(fields=("sheet", "number"), name="code_number_on_sheet"),
        )

    def __str__(self) -> str:
        return f"{self.sheet}-{self.number}"
