"""The addresses of the site."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from partnership.interface.scripts import words_for_scripts
from partnership.pages.overview.history import SiteHistory
from partnership.pages.redirect_files import start_import
from partnership.people import views as people_views
from partnership.people.identity.views import come_back
from partnership.people.staff import OwnAccountView

handler400 = "partnership.serving.views.bad_request"
handler403 = "partnership.serving.views.forbidden"
handler404 = "partnership.serving.views.not_found"
handler500 = "partnership.serving.views.server_error"

#: Wagtail's second sign-in knows neither limits nor confirmed addresses; it asks for its name only.
READERS_PAGES = [
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="wagtailcore_login",
    ),
    *(one for one in wagtail_urls.urlpatterns if one.name != "wagtailcore_login"),
]

urlpatterns = [
    path("", include("partnership.serving.urls")),
    path("", include("partnership.outbox.urls")),
    # Identity providers are told one address, in no language.
    path("sign-in/<int:number>/callback/", never_cache(come_back), name="identity_return"),
    # Wagtail's own door has no limits and no second way in: one door for everybody.
    path("admin/login/", people_views.admin_sign_in, name="admin_sign_in"),
    path("admin/account/", require_admin_access(OwnAccountView.as_view())),
    # Wagtail's file of it would calculate what somebody called themselves.
    path("admin/reports/site-history/", require_admin_access(SiteHistory.as_view())),
    # Wagtail's own would stop in the middle of what it cannot read.
    path("admin/redirects/import/", require_admin_access(start_import), name="redirects_import"),
    path("admin/jsi18n/", words_for_scripts, name="wagtailadmin_javascript_catalog"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("partnership.pages.urls")),
    path("", include("events.registrations.door.urls")),
    path("", include("events.questions.short_urls")),
    *i18n_patterns(
        path("", include("partnership.people.urls")),
        path("", include("partnership.ledger.urls")),
        path("", include("events.urls")),
        path("", include("events.questions.urls")),
        path("", include("consultations.urls")),
        path("", include("consultations.moderation.urls")),
        path("", include("consultations.roadmap.urls")),
        path("", include("consultations.reviews.urls")),
        path("", include("consultations.risks.urls")),
        path("", include("consultations.initiatives.urls")),
        path("", include("consultations.drafts.urls")),
        path("", include("consultations.translations.urls")),
        path("", include("consultations.official.urls")),
        path("", include("consultations.following.urls")),
        path("", include("consultations.snapshots.urls")),
        path("", include("consultations.open_data.urls")),
        path("", include("home.parity.urls")),
        path("", include("home.alerts.urls")),
        path("", include("home.partners.urls")),
        path("", include("home.partners.voices.urls")),
        path("", include("home.media_kit.urls")),
        path("", include("home.disputes.urls")),
        path("", include("home.news.urls")),
        path("", include("home.ambassadors.urls")),
        path("", include("home.urls")),
        path("", include(READERS_PAGES)),
        prefix_default_language=True,
    ),
]

if apps.is_installed("partnership.demo"):
    urlpatterns.insert(0, path("", include("partnership.demo.urls")))
