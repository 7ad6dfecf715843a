"""Which neighbourhoods an idea can be about."""

from typing import Any

from django.db.models import Exists, OuterRef

from consultations.models import ConsultationPage
from partnership.cities.models import Neighbourhood


def neighbourhoods_of(consultation: ConsultationPage) -> list[Neighbourhood]:
    """Those the consultation is about, else all of its cities, else all; one query."""
    own = ConsultationPage.objects.filter(pk=consultation.pk).order_by()
    known: list[Any] = list(
        Neighbourhood.objects.select_related("city").annotate(
            is_subject=Exists(own.filter(neighbourhoods=OuterRef("pk"))),
            is_in_its_city=Exists(own.filter(cities=OuterRef("city"))),
        )
    )
    subjects = [one for one in known if one.is_subject]
    return subjects or [one for one in known if one.is_in_its_city] or known
