"""Which sheets of codes, and how many codes."""

from typing import Self

from django.db import models
from django.db.models import Count, Q

from consultations.codes.enums import CodeStatus


class CodeSheetQuerySet(models.QuerySet):
    """Sheets of codes, the newest first."""

    def with_numbers(self) -> Self:
        """Add ``made``, ``spent`` and ``withdrawn``: how many codes of each sheet."""
        return self.annotate(
            made=Count("codes"),
            spent=Count("codes", filter=Q(codes__status=CodeStatus.SPENT)),
            withdrawn=Count("codes", filter=Q(codes__status=CodeStatus.WITHDRAWN)),
        )


class EntryCodeQuerySet(models.QuerySet):
    """Codes, which are known by their digests only."""

    def unused(self) -> Self:
        """Those that can still be used."""
        return self.filter(status=CodeStatus.UNUSED)
