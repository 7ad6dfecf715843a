"""What the bond itself needs: instruments in every city, and days that nobody lets pass."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.continuity.models import Instrument
from home.continuity.querysets import REMINDED_BEFORE
from home.models import PartnershipSettings
from partnership import continuity
from partnership.cities.models import City
from partnership.continuity import Check, Concern
from partnership.pages.overview.responsible import Responsibility


@continuity.once_a_round
def _bond() -> PartnershipSettings:
    return PartnershipSettings.load()


def bond_to_renew(today: date) -> Iterator[Concern]:
    """The bond where it expires within 180 days, or has expired."""
    bond = _bond()
    if bond.valid_until is None or bond.valid_until > today + REMINDED_BEFORE:
        return
    words = {"day": date_format(bond.valid_until, "DATE_FORMAT")}
    screen = reverse(
        "wagtailsettings:edit", args=("home", PartnershipSettings._meta.model_name, bond.pk)
    )
    over = _("What the cities signed expired on %(day)s.") % words
    soon = _("What the cities signed expires on %(day)s.") % words
    yield Concern(
        words=over if bond.valid_until < today else soon,
        ahead=soon,
        due=bond.valid_until,
        edit_url=screen,
    )


def status_to_decide(today: date) -> Iterator[Concern]:
    """A pause or a limit whose last day has passed: the cities say how it goes on."""
    change = _bond().status_change
    if change is None or change.until is None or change.until >= today:
        return
    said = {"status": change, "day": date_format(change.until, "DATE_FORMAT")}
    yield Concern(
        words=_("“%(status)s” was to last until %(day)s: let the cities sign how it goes on.")
        % said,
        ahead=_("“%(status)s” lasts until %(day)s: let the cities sign how it goes on.") % said,
        due=change.until,
        edit_url=reverse("status_changes:index"),
    )


def instruments_to_renew(today: date) -> Iterator[Concern]:
    """Instruments that expire within 180 days, or have expired."""
    for each in Instrument.objects.to_renew(today).select_related("city"):
        words = {
            "title": each,
            "city": each.city,
            "day": date_format(each.valid_until, "DATE_FORMAT"),
        }
        over = _("“%(title)s” (%(city)s) expired on %(day)s.") % words
        soon = _("“%(title)s” (%(city)s) expires on %(day)s.") % words
        yield Concern(
            words=over if each.valid_until < today else soon,
            ahead=soon,
            due=each.valid_until,
            cities=(each.city,),
            edit_url=reverse("instruments:edit", args=(each.pk,)),
        )


def cities_without_instrument(today: date) -> Iterator[Concern]:
    """Cities in which nothing in force binds whoever governs next."""
    bound = Instrument.objects.in_force(today).values("city")
    for city in City.objects.partners().exclude(pk__in=bound):
        yield Concern(
            words=_("Nothing in force in %(city)s binds whoever governs next.") % {"city": city},
            cities=(city,),
            edit_url=f"{reverse('instruments:add')}?city={city.pk}",
        )


def cities_without_editor(today: date) -> Iterator[Concern]:
    """Cities for which nobody can write, and nobody can sign."""
    responsible = Responsibility()
    for city in responsible.cities:
        if city.pk not in responsible.editors:
            yield Concern(
                words=_(
                    "Nobody who may edit pages works for %(city)s: nobody can sign for it. Open an"
                    " account, tick the city under “Works for” and “Editors” among the roles."
                )
                % {"city": city},
                cities=(city,),
                edit_url=reverse("wagtailusers_users:index"),
            )


CHECKS = (
    Check(
        name="partnership.valid", heading=gettext_lazy("What the cities signed"), find=bond_to_renew
    ),
    Check(
        name="partnership.status",
        heading=gettext_lazy("Status of the partnership"),
        find=status_to_decide,
    ),
    Check(
        name="instruments.valid",
        heading=gettext_lazy("Law and agreements to renew"),
        find=instruments_to_renew,
    ),
    Check(
        name="instruments.cities",
        heading=gettext_lazy("Cities without law or agreement"),
        find=cities_without_instrument,
    ),
    Check(
        name="cities.editors",
        heading=gettext_lazy("Cities without an editor"),
        find=cities_without_editor,
    ),
)


def register() -> None:
    """Ask these first: all else stands on them."""
    for order, check in enumerate(CHECKS):
        continuity.register(check, order=order)
