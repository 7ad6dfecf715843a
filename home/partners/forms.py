"""A partner in the admin: whole in every language before readers see it."""

from typing import Any

from django.utils.translation import gettext as _

from home.partners.enums import PartnerKind
from partnership.cities.days import refuse_slips
from partnership.cities.forms import OfOwnCityForm
from partnership.pages.languages import field_names
from partnership.pages.photos import undescribed_in
from partnership.pages.publishing import PublishedForm


class PartnerForm(OfOwnCityForm, PublishedForm):
    """An editor writes about partners of their own city, and of none."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_slips(self, "starts_on", "ends_on")
        stored = self.instance.pk and not self._meta.model.objects.get(pk=self.instance.pk).city_id
        is_taken = stored and cleaned.get("city") and not self._may_take()
        if is_taken:
            self.add_error("city", _("This partner is of no single city: leave it to all of them."))
        return cleaned

    def _may_take(self) -> bool:
        return self.for_user is None or self.for_user.is_superuser

    def fits_readers(self) -> bool:
        """Whether the logo is described, and a neutral convener says why it is one."""
        language = undescribed_in(self.cleaned_data.get("logo"))
        if language:
            words = _("Describe this photo in %(language)s first, in its own screen.")
            self.add_error("logo", words % {"language": language})
        columns = field_names("neutrality")
        is_silent = not any(self.cleaned_data.get(column) for column in columns)
        is_convener = self.cleaned_data.get("kind") == PartnerKind.CONVENER
        if is_convener and is_silent:
            self.add_error(columns[0], _("Write why this convener takes no side."))
        return not (language or (is_convener and is_silent))
