"""Which day it is while a test runs."""

from datetime import date

from django.utils import timezone


def todays_date() -> date:
    """The day by the clock of the site, asked anew: a run may begin before midnight."""
    return timezone.localdate()
