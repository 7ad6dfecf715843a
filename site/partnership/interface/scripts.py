"""What Wagtail's scripts say, completed with our words for what its catalogue has none."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

from partnership.interface import wagtail_mistakes
from partnership.interface.wagtail_words import OF_SCRIPTS

#: Counted sentences by the first form, each asked for a number.
COUNTED = {
    "%(num)s error": lambda number: ngettext("%(num)s error", "%(num)s errors", number),
    "%(num)s min": lambda number: ngettext("%(num)s min", "%(num)s mins", number),
    "%(num)s pixel": lambda number: ngettext("%(num)s pixel", "%(num)s pixels", number),
}
#: Among these every language finds a number for each of its forms.
NUMBERS = (*range(101), 1_000_000)


class WordsForScripts(JavaScriptCatalog):
    """Wagtail's own catalogue comes first; our words fill in, and win where it has mistakes."""

    def get_catalog(self) -> dict[str, Any]:
        examples: dict[int, int] = {}
        for number in NUMBERS:
            examples.setdefault(self.translation.plural(number), number)
        forms = [examples[form] for form in sorted(examples)]
        counted = {one: [say(number) for number in forms] for one, say in COUNTED.items()}
        # Of a language that is not ours, Django knows no words for scripts: they stay Wagtail's.
        better = {one: said for one in wagtail_mistakes.OF_SCRIPTS if (said := gettext(one)) != one}
        ours = {one: gettext(one) for one in OF_SCRIPTS}
        return {**ours, **counted, **super().get_catalog(), **better}


def words_for_scripts(request: HttpRequest) -> HttpResponse:
    """In the language of the editor; signing in asks for it, too."""
    view = WordsForScripts.as_view(packages=["wagtail.admin"])
    answer: HttpResponse = get_localized_response(view, request)
    return answer
