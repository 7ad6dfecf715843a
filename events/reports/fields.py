"""How many people came from each city, and the language somebody wrote in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.fields import language_choices
from partnership.cities.models import City

ELSEWHERE = "elsewhere"
MOST_PEOPLE = 1_000_000


def places() -> list[tuple[str, str]]:
    """Return the code and the name of every city, and of everywhere else."""
    cities = [(city.code, str(city)) for city in City.objects.all()]
    return [*cities, (ELSEWHERE, gettext("Somewhere else"))]


class AttendanceWidget(forms.Widget):
    """One number for each city."""

    use_fieldset = True

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        number = forms.NumberInput({"min": 0, "max": MOST_PEOPLE})
        given = value if isinstance(value, dict) else {}
        rows = (
            (
                f"id_{name}_{code}",
                words,
                number.render(
                    f"{name}_{code}", given.get(code), {"id": f"id_{name}_{code}"}, renderer
                ),
            )
            for code, words in places()
        )
        return format_html_join("", '<p><label for="{}">{}</label>{}</p>', rows)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {code: data.get(f"{name}_{code}", "") for code, _words in places()}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{code}" not in data for code, _words in places())

    def id_for_label(self, id_: str, index: str = "") -> str:
        return ""


class AttendanceFormField(forms.Field):
    """People by the code of their city; what nobody counted is left out."""

    widget = AttendanceWidget

    def clean(self, value: Any) -> dict[str, int]:
        number = forms.IntegerField(required=False, min_value=0, max_value=MOST_PEOPLE)
        found = {}
        for code, words in places():
            try:
                people = number.clean((value or {}).get(code, ""))
            except ValidationError as error:
                message = format_html("{}: {}", words, " ".join(error.messages))
                raise ValidationError(message) from error
            if people is not None:
                found[code] = people
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {code: str(people) for code, people in (initial or {}).items()}
        return before != {code: people for code, people in (data or {}).items() if people}


class AttendanceField(models.JSONField):
    """How many people came from each city: its code to a number; nobody from nowhere."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return AttendanceFormField(
            label=capfirst(self.verbose_name), help_text=self.help_text, required=False
        )


class WrittenInField(models.CharField):
    """The partner language of somebody's words."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: [("", _("Told from the text")), *language_choices()],
            required=False,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )
