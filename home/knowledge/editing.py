"""The editing screens of practices, case studies and rules: what is asked beside which field."""

from typing import Any

from django.db.models import Q

from events.looking_back import refuse_day
from partnership.cities.days import refuse_slips
from partnership.pages.editing import PageForm
from partnership.pages.wording import slots
from partnership.pages.wording.gate import NotReady


class PracticeForm(PageForm):
    """Offers the case studies and partners readers can find, and those chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "cases" in self.fields:
            field = self.fields["cases"]
            chosen = [case.pk for case in self.instance.cases.all()]
            field.queryset = field.queryset.filter(Q(live=True) | Q(pk__in=chosen)).latest_first()
        if "partners" in self.fields:
            field = self.fields["partners"]
            chosen = [partner.pk for partner in self.instance.partners.all()]
            field.queryset = field.queryset.filter(Q(is_published=True) | Q(pk__in=chosen))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "cases" in cleaned:
            self.instance.cases = cleaned["cases"]  # what is asked before it is published
        return cleaned


class CaseStudyForm(PageForm):
    """A case is told when it is over."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_day(self, "ended_on", since=None)
        return cleaned


class RuleForm(PageForm):
    """Looks at the rows as they are typed; each city has one."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_slips(self, "next_step_on")
        if "cities" in cleaned:
            self.instance.cities = cleaned["cities"]  # whose rules are asked for
        return cleaned

    def is_fit(self) -> bool:
        rows = [row.cleaned_data.get("city") for row in slots.kept_rows(self, "city_rules")]
        told = [city.pk for city in rows if city]
        try:
            self.instance.refuse_what_is_missing(told)
        except NotReady as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return False
        return True
