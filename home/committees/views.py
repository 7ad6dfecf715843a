"""One click says that a contact or a mediator is still right."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from home.committees.services import confirm


class Confirm(View):
    """Notes today as the day it was confirmed; for whoever may change that very thing."""

    http_method_names = ("post",)
    rows: Any = None
    permission_policy: Any = None
    index_url_name = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self.rows.filter(pk=pk).first()
        may = self.permission_policy.user_has_permission_for_instance
        if thing is None or not may(request.user, "change", thing):
            raise Http404
        confirm(thing, by=request.user)
        messages.success(request, _("Confirmed: %(thing)s") % {"thing": thing})
        return redirect(self.index_url_name)
