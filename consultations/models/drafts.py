"""The addresses of a consultation's draft texts, for whoever looks for all addresses."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation

from partnership.pages.languages import CODES


class DraftAddresses:
    """The part of a consultation that knows where its draft texts are read."""

    draft_texts: Any

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Also the last version of each draft text, with its twins."""
        found: list[dict[str, Any]] = super().get_sitemap_urls(request)  # type: ignore[misc]  # of the page beside it
        if request is None:
            return found
        for draft in self.draft_texts.current():
            draft.consultation = self
            twins = [_twin(draft, code, request) for code in CODES]
            alternates = [*twins, {"location": twins[0]["location"], "lang_code": "x-default"}]
            changed_at = draft.published_at
            found += [
                {"location": twin["location"], "lastmod": changed_at, "alternates": alternates}
                for twin in twins
            ]
        return found


def _twin(draft: Any, code: str, request: HttpRequest) -> dict[str, str]:
    with translation.override(code):
        location = request.build_absolute_uri(draft.get_absolute_url())
    return {"location": location, "lang_code": code}
