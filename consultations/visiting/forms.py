"""Any form of a consultation, with the questions about a guest after its own."""

from functools import cache
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consultations.models import ConsultationPage
from consultations.taking_part import ADDRESS, gate, purpose_of
from partnership.cities.former import is_partner_at
from partnership.cities.models import City
from partnership.people import guests
from partnership.people.details import HomeCityField
from partnership.people.guest_forms import GUEST_FIELDS, GuestFields


class GuestForm(GuestFields):
    """What a guest is asked besides."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Our mails greet you with it. Readers never see it.")

    def about_you(self) -> list[BoundField]:
        """Who it is from."""
        return [self[name] for name in GUEST_FIELDS]


@cache
def from_a_guest(form_class: type) -> type[Any]:
    """Return the form with the questions about a guest."""
    return type(f"Guest{form_class.__name__}", (GuestForm, form_class), {})


def form_for(
    request: HttpRequest,
    page: ConsultationPage,
    form_class: type,
    given: Any,
    **more: Any,
) -> Any:
    """Return the form; with the questions about a guest where an address is what is needed."""
    if gate(request, page) != ADDRESS:
        return form_class(given, **more)
    told = told_before(request, purpose=purpose_of(page))
    more["initial"] = {**more.get("initial", {}), **told}
    return of_its_cities(page, from_a_guest(form_class)(given, **more))


def of_its_cities(page: ConsultationPage, form: Any) -> Any:
    """Return the form of a guest: a city that has left since the page opened is still asked."""

    def asked() -> list[City]:
        return [city for city in City.objects.all() if is_partner_at(city, page.opens_at)]

    form.fields["city"].offer(asked)
    return form


def told_before(request: HttpRequest, *, purpose: str) -> dict[str, Any]:
    """What this browser's guest wrote about themselves a moment ago, to fill the form with."""
    told = guests.told(request.session, purpose=purpose)
    if told:
        told["city"] = HomeCityField.code_of(City.objects.filter(pk=told["city"]).first())
    return told
