"""A version of a protocol in the admin: begun for a protocol, written, sent to be signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.protocols.comparing import MUTUAL_AID
from home.protocols.models import ProtocolPage, ProtocolVersion
from home.protocols.refusals import DraftExists, VersionIsSigned, VersionNotReady
from home.protocols.services import ask_to_sign, begin_version
from home.protocols.signing import missing_parts
from partnership.cities.days import refuse_slips
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import void_if_changed
from partnership.pages.languages import field_names
from partnership.pages.permissions import city_keys
from partnership.pages.publishing import PublishedForm
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.pages.wording import slots
from partnership.pages.wording.forms import DrawnByItsPanel


class BeginVersionForm(TwoHandsForm, WagtailAdminModelForm):
    """For which protocol: one of the editor's cities whose next version nobody writes yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = ProtocolVersion.objects.drafts().values("protocol")
        protocols = ProtocolPage.objects.exclude(pk__in=begun).order_by("path")
        if self.for_user is not None and not self.for_user.is_superuser:
            own = city_keys(self.for_user).pages().values("pk")
            protocols = protocols.filter(pk__in=own)
        self.fields["protocol"].queryset = protocols
        self.fields["protocol"].error_messages["invalid_choice"] = str(DraftExists())

    def save(self, commit: bool = True) -> ProtocolVersion:
        """Begin with the words of the version before it."""
        self.instance = begin_version(self.cleaned_data["protocol"])
        return self.instance


class VersionForm(PublishedForm):
    """A draft may be half written; what the cities are asked to sign is whole."""

    #: Where the cities sign, once they were asked.
    request: ApprovalRequest | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ask"] = forms.BooleanField(
            label=_("Ask every city to sign this version"),
            help_text=_("Readers see it once the last city has signed. Then it never changes."),
            required=False,
            bound_field_class=DrawnByItsPanel,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.is_signed:
            self.add_error(None, str(VersionIsSigned()))
        refuse_slips(self, "valid_from")
        return cleaned

    def goes_public(self) -> bool:
        """Whether the cities are asked: readers see nothing else, and nothing before that."""
        return bool(self.cleaned_data.get("ask"))

    def fits_readers(self) -> bool:
        laws = [row.cleaned_data.get("city") for row in slots.kept_rows(self, "legal_bases")]
        given = self.cleaned_data
        missing = missing_parts(
            self.instance,
            steps=len(slots.kept_rows(self, "steps")),
            texts=[name for name in MUTUAL_AID if any(map(given.get, field_names(name)))],
            laws=[city.pk for city in laws if city],
        )
        if reasons := list(missing):
            self.add_error(None, str(VersionNotReady(reasons)))
        return not reasons

    def save(self, commit: bool = True) -> ProtocolVersion:
        """Save the draft; ask the cities, or end what they were asked about other words."""
        version: ProtocolVersion = super().save(commit=commit)
        if self.goes_public():
            self.request = ask_to_sign(version, by=self.for_user)
        else:
            void_if_changed(version, by=self.for_user)
        return version
