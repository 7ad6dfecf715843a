"""Which partner something was said for, in the tables of one export."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.exports.scope import in_own_words
from home.partners.models import Partner
from partnership.tables.columns import Column


def partner_column(rows: Any) -> Column:
    """A name that never changes, with what the partners of these rows are called; one query."""
    told = rows.exclude(partner=None).order_by().values("partner")
    partners = Partner.objects.filter(pk__in=told)
    values = tuple((name_of(each.pk), in_own_words(each)) for each in partners)
    return Column("partner", _("confirmed organisation"), values=values)


def name_of(partner_id: int | None) -> str:
    """What the files call a partner; empty for none."""
    return f"partner-{partner_id}" if partner_id else ""
