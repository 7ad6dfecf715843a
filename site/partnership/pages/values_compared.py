"""What is no text, as it is read where two versions stand beside each other."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class


class ValueComparison(FieldComparison):
    """Days, numbers, boxes and lists in words; nothing where there is nothing."""

    def htmldiff(self) -> Any:
        then, now = (in_words(self.field, value) for value in (self.val_a, self.val_b))
        if self.val_a == self.val_b:
            return escape(now)
        changes = [("deletion", then), ("addition", now)]
        return TextDiff([change for change in changes if change[1]]).to_html()


def in_words(field: models.Field, value: Any) -> str:
    """Return a value as editors read it; moments on the clock that is active, and which it is."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        moment = date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return f"{moment} ({timezone.get_current_timezone_name()})"
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list):
        called = dict(getattr(field.formfield(), "choices", ()))
        return ", ".join(str(called.get(each, each)) for each in value)
    return str(localize(value))


def compare_in_words() -> None:
    """Tell Wagtail's panels which fields are compared so."""
    plain = (models.DateField, models.BooleanField, models.IntegerField, models.DecimalField)
    for kind in (*plain, models.JSONField):
        register_comparison_class(kind, comparison_class=ValueComparison)
