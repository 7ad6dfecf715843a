"""The rules of each city as the search finds them: on the page that sets them side by side."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.knowledge.models import CityRule
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("text", "law")


def rules(language: str) -> QuerySet:
    """The rules that every reader may see, page by page."""
    spoken = CityRule.objects.readable().annotate(
        words=words_in(*(localized(name, language) for name in TEXTS))
    )
    return spoken.select_related("page", "city").order_by("page", "sort_order", "pk")


def tell(rule: CityRule) -> Told:
    """What the rule is, in which city, and the page it stands on."""
    return Told(
        title=rule.page.title,
        url=f"{rule.page.get_url()}#side-by-side",
        text=rule.text,
        within=rule.law,
        cities=(rule.city,),
    )


RULES = Source(name="rules", heading=_("Rules of the cities"), rows=rules, tell=tell)
