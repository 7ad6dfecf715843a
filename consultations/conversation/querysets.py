"""Which comments readers may ask for by what stands beside them."""

from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, When


def city_told() -> Case:
    """The key of the city that readers are told, as ``Contribution.city_told`` says it of one."""
    by_staff = Q(participant__resident__is_staff=True, is_name_hidden=False)
    return Case(When(by_staff, then=None), default=F("city_id"), output_field=BigIntegerField())


def told_from(comments: Any, code: str) -> Any:
    """Those beside which this city stands, and no others of it."""
    return comments.alias(told=city_told()).filter(told=F("city_id"), city__code=code)
