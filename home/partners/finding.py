"""Partners as the search finds them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.partners.models import Partner
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("name", "summary", "neutrality")


def partners(language: str) -> QuerySet:
    """Those that readers see, also former ones."""
    columns = (localized(name, language) for name in TEXTS)
    return Partner.objects.public().annotate(words=words_in(*columns)).select_related("city")


def tell(partner: Partner) -> Told:
    """What it is called, what it is and what it does."""
    return Told(
        title=partner.name,
        url=partner.get_absolute_url(),
        within=partner.get_kind_display(),
        text=partner.summary,
        cities=(partner.city,) if partner.city else (),
    )


PARTNERS = Source(name="partners", heading=_("Partners"), rows=partners, tell=tell)
