"""How a sum to divide is edited: there is one, every project costs something, and they fit."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import MaxValueValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from partnership.cities.days import SLIP, is_meant
from partnership.cities.models import City, Neighbourhood
from partnership.cities.today import latest_today


def limit_amounts(formset: Any) -> None:
    """Say how much can be divided at most; by itself a form names what the database can hold."""
    rows = formset.forms if formset is not None else ()
    for form in (*rows, *_option_forms(formset)):
        for name in form.fields.keys() & {"budget", "cost"}:
            stored, field = form.instance._meta.get_field(name), form.fields[name]
            most = min(one.limit_value for one in stored.validators if _is_upper(one))
            told = {"most": number_format(most, force_grouping=True)}
            clear = MaxValueValidator(most, _("At most %(most)s, in whole units.") % told)
            others = [one for one in field.validators if not _is_upper(one)]
            field.validators = [*others, clear]


def _is_upper(validator: Any) -> bool:
    return isinstance(validator, MaxValueValidator)


def offer_places(formset: Any) -> None:
    """Let every option choose among the cities and their neighbourhoods, asked for once."""
    cities, parts = None, None
    for option in _option_forms(formset):
        if cities is None or parts is None:
            cities = [("", _("In every city")), *((city.pk, str(city)) for city in _cities())]
            parts = [("", "–"), *((part.pk, f"{part} ({part.city})") for part in _parts())]
        option.fields["city"].choices = cities
        option.fields["neighbourhood"].choices = parts


def _cities() -> Any:
    return City.objects.all()


def _parts() -> Any:
    return Neighbourhood.objects.select_related("city")


def _option_forms(formset: Any) -> list[Any]:
    rows = formset.forms if formset is not None else ()
    options = [option for row in rows for option in row.formsets["options"].forms]
    return [option for option in options if "city" in option.fields]


def refusals(row: Any, options: list[Any]) -> list[tuple[Any, str, Any]]:
    """What keeps a question from being a sum to divide, as (form, field, words)."""
    found = [*_of_the_sum(row), *_of_the_rate(row)]
    for option in options:
        found += [*_of_the_cost(row, option), *_of_the_place(option)]
    return found or _of_the_fewest(row, options)


def _of_the_sum(row: Any) -> list[tuple[Any, str, Any]]:
    sent, found = row.cleaned_data, []
    if not sent.get("budget") and "budget" not in row.errors:
        found.append((row, "budget", _("Say what sum is divided.")))
    currency = sent.get("currency")
    if not currency and "currency" not in row.errors:
        found.append((row, "currency", _("Say in which money the sum is.")))
    elif currency and currency not in {city.currency for city in _cities()}:
        found.append((row, "currency", _("This is not the money of any of the cities.")))
    if found:
        row.errors.pop(NON_FIELD_ERRORS, None)  # the constraint says it of the whole row
    return found


def _of_the_rate(row: Any) -> list[tuple[Any, str, Any]]:
    """A rate has its day, leads to another money, and is not of a day to come."""
    rate, day = row.cleaned_data.get("exchange_rate"), row.cleaned_data.get("rate_on")
    if rate is None and day is None:
        return []
    words = _("A rate needs its day, and a day its rate.")
    if rate is None or day is None:
        row.errors.pop(NON_FIELD_ERRORS, None)
        return [(row, "exchange_rate" if rate is None else "rate_on", words)]
    if rate <= 0:
        row.errors.pop(NON_FIELD_ERRORS, None)
        return [(row, "exchange_rate", _("A rate is more than nothing."))]
    if not is_meant(day) or day > latest_today():
        return [(row, "rate_on", _("This day has not come yet.") if is_meant(day) else SLIP)]
    if not City.objects.other_currency(row.cleaned_data.get("currency") or ""):
        return [(row, "exchange_rate", _("Every city has the same money: leave the rate out."))]
    return []


def _of_the_cost(row: Any, option: Any) -> list[tuple[Any, str, Any]]:
    cost, total = option.cleaned_data.get("cost"), row.cleaned_data.get("budget")
    if not cost:
        is_said = "cost" in option.errors
        return [] if is_said else [(option, "cost", _("Say what the project costs."))]
    if total and cost > total:
        return [(option, "cost", _("The project costs more than the sum there is."))]
    return []


def _of_the_place(option: Any) -> list[tuple[Any, str, Any]]:
    city, part = (option.cleaned_data.get(name) for name in ("city", "neighbourhood"))
    if part is not None and part.city != city:
        words = _("This neighbourhood is in %(city)s: choose that city, too.")
        return [(option, "neighbourhood", words % {"city": part.city})]
    return []


def _of_the_fewest(row: Any, options: list[Any]) -> list[tuple[Any, str, Any]]:
    """The least number of projects can be had for the sum; asked when all else fits."""
    total = row.cleaned_data.get("budget")
    costs = sorted(option.cleaned_data.get("cost") or 0 for option in options)
    if not total or not all(costs):
        return []  # the field itself says what is wrong with an amount
    fewest = row.cleaned_data.get("fewest_projects") or 0
    if fewest > len(costs) or sum(costs[:fewest]) > total:
        return [(row, "fewest_projects", _("So many projects cannot be had for this sum."))]
    return []


def note_the_other_money(question: Any) -> None:
    """Write down which money the rate leads to, so that no page has to ask, and it stays that."""
    if not question.is_budget or question.exchange_rate is None:
        question.rate_currency = ""
    elif question.rate_currency in {"", question.currency}:
        question.rate_currency = City.objects.other_currency(question.currency)
