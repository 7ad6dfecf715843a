"""Instants that editors write as the wall clock of a city shows them."""

import functools
import zoneinfo
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WallClockFormField(forms.DateTimeField):
    """Reads and shows an instant in ``zone``, whatever time zone the editor lives in.

    The form sets ``zone`` before it reads or renders. A time that the clocks jump over in
    spring is refused; of the two that share a reading in autumn, the first is meant.
    """

    zone: zoneinfo.ZoneInfo | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.make_naive(value, self._zone())
        return value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):  # only to read the digits: UTC has no gap and no fold
            read = super().to_python(value)
        if read is None:
            return None
        local = read.replace(tzinfo=self._zone(), fold=0)
        if not 1 < local.year < 9999:  # the first and last days of all have no UTC
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if _is_skipped(local):
            message = _("The clocks go forward and skip this time on that day in %(zone)s.")
            raise ValidationError(message, code="skipped", params={"zone": self._zone().key})
        return local.astimezone(UTC)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _zone(self) -> zoneinfo.ZoneInfo:
        return self.zone or zoneinfo.ZoneInfo("UTC")


class WallClockField(models.DateTimeField):
    """A stored instant (UTC) whose form field is read on the clock of a city."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WallClockFormField, **kwargs})


def set_zone(form: forms.BaseForm, zone: str) -> None:
    """Make every wall clock of a form, and of its inline forms, run in that zone."""
    for field in form.fields.values():
        if isinstance(field, WallClockFormField):
            field.zone = zoneinfo.ZoneInfo(zone)
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            set_zone(child, zone)


@functools.cache
def known_zones() -> frozenset[str]:
    """Return the names of all time zones; found by reading many files, so only once."""
    return frozenset(zoneinfo.available_timezones())


def validate_zone(name: str) -> None:
    """Accept the name of a time zone known here, such as Europe/Madrid."""
    if name not in known_zones():
        raise ValidationError(_("There is no such time zone."), code="unknown_zone")


def _is_skipped(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None)
