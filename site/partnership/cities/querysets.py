"""Which cities."""

from django.db import models


class CityQuerySet(models.QuerySet):
    """Cities, in the order of the partnership."""
