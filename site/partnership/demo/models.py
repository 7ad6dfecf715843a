"""What the demo remembers about itself."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DemoSeed(models.Model):
    """The day the demo's dates are counted from, and its size; one row."""

    today = models.DateField(_("counted from"))
    scale = models.PositiveIntegerField(_("scale"), default=1)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("demo")
        verbose_name_plural = _("demos")

    def __str__(self) -> str:
        return f"{self.today}"
