"""The question of what kind an organisation is, the same wherever somebody names one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.people.enums import RESERVED, OrganisationKind
from partnership.people.models import Resident
from partnership.people.organisations import cities_of


class OrganisationKindField(forms.ChoiceField):
    """Offers the kinds this person may choose; with ``offers_all`` every one, as on paper.

    One that is sent without being offered is accepted here: ``checked_organisation`` refuses it
    in words that help.
    """

    def __init__(
        self, *, person: Resident | None = None, offers_all: bool = False, **kwargs: Any
    ) -> None:
        may_have_all = offers_all or bool(cities_of(person))
        kinds = [kind for kind in OrganisationKind if may_have_all or kind not in RESERVED]
        super().__init__(
            label=_("Kind of organisation"),
            choices=(("", _("Choose one")), *((kind.value, kind.label) for kind in kinds)),
            required=False,
            **kwargs,
        )
        if may_have_all and not offers_all:
            self.help_text = _("For a city hall readers see your city’s name, marked as official.")

    def valid_value(self, value: Any) -> bool:
        return value in OrganisationKind.values
