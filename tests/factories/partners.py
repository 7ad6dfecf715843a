"""Partners for tests: the smallest valid ones, which readers see."""

from typing import Any

from home.partners.models import Partner
from tests.factories.home import in_every_language


def make_partner(name: str = "Bridge House", **fields: Any) -> Partner:
    """A published partner of no city."""
    values = {
        "is_published": True,
        **in_every_language("name", name),
        **in_every_language("summary", "It brings people to one table."),
    }
    return Partner.objects.create(**{**values, **fields})


def make_convener(name: str = "Bridge House", **fields: Any) -> Partner:
    """One that takes no side, and says why."""
    words = in_every_language("neutrality", "Neither city pays us.")
    return make_partner(name, kind="convener", **{**words, **fields})
