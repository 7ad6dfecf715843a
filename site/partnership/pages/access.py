"""Which pages every reader may open, asked inside the query that finds them."""

from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction


def open_to_all(page: str = "") -> Combinable:
    """Return the condition that neither the page nor one above it is restricted.

    The same as Wagtail's ``public()``, which asks for the restrictions in a query of its own
    every time: ``EventPage.objects.live().filter(open_to_all())``. Of rows that are shown
    elsewhere ``page`` leads to the page they belong to: ``open_to_all("consultation__")``.
    """
    beginning_of_path = Substr(OuterRef(f"{page}path"), 1, Length("page__path"))
    return ~Exists(PageViewRestriction.objects.filter(page__path=beginning_of_path))
