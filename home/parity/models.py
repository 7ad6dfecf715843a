"""When a page was first there in each language, written down as it happens."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.pages.languages import own_name


class LanguageVersion(models.Model):
    """Since when readers have a page in one language, with all its texts up to date in it."""

    page = models.ForeignKey(
        "pages.BasePage", on_delete=models.CASCADE, related_name="language_versions"
    )
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    published_at = models.DateTimeField(_("first published at"))

    wagtail_reference_index_ignore = True  # follows the page

    class Meta:
        verbose_name = _("first version in a language")
        verbose_name_plural = _("first versions in a language")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("page", "language_code"), name="first_version_once_in_a_language"
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id}: {own_name(self.language_code)}"
