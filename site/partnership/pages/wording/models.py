"""What is kept about the languages of a page: how far each is, and who promised which by when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.pages.languages import own_name
from partnership.pages.wording.querysets import ExceptionQuerySet, StandingQuerySet


class LanguageStanding(models.Model):
    """How many texts of a page's newest version are ready in one language."""

    page = models.ForeignKey("pages.BasePage", on_delete=models.CASCADE, related_name="standings")
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    current = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    machine = models.PositiveIntegerField(default=0)
    behind_since = models.DateTimeField(_("behind since"), null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # follows the page

    class Meta:
        verbose_name = _("standing of a language")
        verbose_name_plural = _("standings of languages")
        constraints = (
            models.UniqueConstraint(fields=("page", "language_code"), name="standing_once"),
        )

    def __str__(self) -> str:
        return f"{own_name(self.language_code)}: {self.percentage} %"

    @property
    def total(self) -> int:
        """How many texts the page should have in this language."""
        return self.current + self.missing + self.stale + self.machine

    @property
    def percentage(self) -> int:
        """The share that is up to date, rounded down, so that only a complete page has 100."""
        return 100 * self.current // self.total if self.total else 100

    @property
    def is_behind(self) -> bool:
        """Whether something is missing, out of date or written by a machine only."""
        return self.current < self.total


class LanguageException(models.Model):
    """An editor's signature under "this language follows by that day"."""

    page = models.ForeignKey(
        "pages.BasePage", on_delete=models.CASCADE, related_name="language_exceptions"
    )
    language_code = models.CharField(_("language"), max_length=20)
    due_on = models.DateField(_("follows by"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    signed_at = models.DateTimeField(_("signed at"), default=timezone.now)

    objects = ExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ("-signed_at", "-pk")
        indexes = (models.Index(fields=("page", "language_code", "due_on"), name="exception_due"),)

    def __str__(self) -> str:
        return f"{own_name(self.language_code)}: {self.due_on}"
