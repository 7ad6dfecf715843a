"""What something else still stands on cannot be deleted: said in words, in every editing screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.views import generic
from wagtail.users.models import UserProfile

#: So many are named; whoever needs more of them finds the rest when these are gone.
MOST_NAMED = 3


class StillUsed:
    """Answers where the database refused; nothing was deleted.

    Wagtail warns of what it keeps an index of, which are not all relations that protect.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Lead back to where the deletion was asked for; a script gets the words and 409."""
        if not isinstance(error, ProtectedError | RestrictedError) or not _is_for_editors(request):
            return None
        profile = UserProfile.get_for_user(request.user)
        with translation.override(profile.get_preferred_language()):
            words = _("It cannot be deleted while this needs it: %(things)s") % {
                "things": ", ".join(_named(error))
            }
        is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        if is_script or not request.accepts("text/html"):
            return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, words)
        return redirect(request.get_full_path())


class RefusesToDelete(generic.DeleteView):
    """For a view that deletes: refuses in words while there is a reason, to whoever may delete.

    ``reason()`` says why it is kept, empty when it may go; ``edit_url_name`` is where one is led.
    """

    #: Without DELETE, which Django's view answers by itself.
    http_method_names = ("get", "head", "post", "options")

    def reason(self) -> str:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refused() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refused() or super().post(request, *args, **kwargs)

    def _refused(self) -> HttpResponse | None:
        told = self.reason()
        if not told:
            return None
        messages.error(self.request, told)
        return redirect(self.edit_url_name, self.object.pk)


def _is_for_editors(request: HttpRequest) -> bool:
    may_delete = request.method in {"POST", "DELETE"} and request.path_info.startswith("/admin/")
    return may_delete and request.user.is_authenticated


def _named(error: ProtectedError | RestrictedError) -> list[str]:
    kept_by = "protected_objects" if isinstance(error, ProtectedError) else "restricted_objects"
    found = getattr(error, kept_by)
    names = sorted(f"{thing._meta.verbose_name} ({thing})" for thing in found)
    return [*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])]
