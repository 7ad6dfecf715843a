"""The baseline: a bare Django view that returns a constant, for gunicorn."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="only-for-benchmarks",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
)


def constant(request: HttpRequest) -> HttpResponse:
    """The least a Django site can do."""
    return HttpResponse("constant")


urlpatterns = [path("", constant)]
application = get_wsgi_application()
