"""What no screen sends is refused in words in every editing screen, and not as an error of ours."""

import logging
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

logger = logging.getLogger(__name__)

#: What only a crafted or a cut-off request leads to, wherever it is raised.
OF_WHAT_WAS_SENT = (MultiValueDictKeyError, ValidationError)
#: What garbage leads to where it is read, and a mistake of ours anywhere else.
OF_GARBAGE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
#: By the module and the name of the function that reads what was sent.
READERS = frozenset(
    (
        *(("django.forms.formsets", name) for name in ("forms", "_construct_form")),
        *(("modelcluster.forms", name) for name in ("_construct_form", "forms")),
        ("wagtail.contrib.redirects.forms", "clean"),
        ("wagtail.admin.forms.choosers", "to_python"),
        ("wagtail.admin.panels.inline_panel", "__init__"),  # which sorts rows by what was sent
    )
)
#: Of widgets and of blocks, in whatever module.
READS = "value_from_datadict"


class Unreadable:
    """Answers 400 in words where a form cannot be read; the log says what it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Nothing of it was saved: what is read comes before what is written."""
        if not _is_sent_by_staff(request) or not _is_unreadable(error):
            return None
        # Only the kind: what an error says may hold what somebody typed.
        return _refused(request, type(error).__name__)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Ask where to go next before anything is saved; Django would ask afterwards."""
        if not _is_sent_by_staff(request) or _leads_somewhere(request):
            return None
        return _refused(request, "next")


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    """Say it in the editor's language; a script gets the words without a page."""
    logger.warning("Unreadable form: %s: %s", request.path, why)
    profile = UserProfile.get_for_user(request.user)
    with translation.override(profile.get_preferred_language()):
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            words = _("We could not read what was sent")
            return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
        return HttpResponse(render_to_string("400_form.html"), status=400)


def _leads_somewhere(request: HttpRequest) -> bool:
    """Whether ``next`` is an address: of anything else Django thinks that it names a view."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return "/" in asked or "." in asked


def _is_sent_by_staff(request: HttpRequest) -> bool:
    is_sent = request.method == "POST" and request.path_info.startswith("/admin/")
    return is_sent and request.user.is_authenticated


def _is_unreadable(error: Exception) -> bool:
    if isinstance(error, OF_WHAT_WAS_SENT):
        return True
    return isinstance(error, OF_GARBAGE) and any(map(_reads, _frames(error.__traceback__)))


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, str]]:
    while trace is not None:
        yield trace.tb_frame.f_globals.get("__name__", ""), trace.tb_frame.f_code.co_name
        trace = trace.tb_next


def _reads(frame: tuple[str, str]) -> bool:
    return frame in READERS or frame[1] == READS
