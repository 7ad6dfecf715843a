"""Residents in the admin: one name, a city, a language, and the cities they work for."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.account import AccountView, BaseSettingsPanel
from wagtail.admin.widgets.button import Button
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from partnership.mailboxes import spelled
from partnership.people import giving_roles
from partnership.people.invitations import invite, tell_of_changes
from partnership.people.models import Resident
from partnership.people.second_factor.staff import may_take_away, take_away
from partnership.people.services import keep_address, keep_admin_language, keep_staff

OWN_FIELDS = ("name", "city", "language_code", "edits_for")


class PersonForm(forms.ModelForm):
    """What Wagtail's two forms about people share when they are about residents."""

    first_name = None
    last_name = None
    language_code = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, by: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("Without a password they sign in by code.")
        if "groups" in self.fields:
            self.fields["groups"].help_text = _(
                "What this person may do in the editing screens; for which cities stands under"
                " “Works for”. Whoever writes pages needs both."
            )
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)
            self._offer_roles_of(by)

    def _offer_roles_of(self, by: Resident) -> None:
        """Offer what one may give; whoever has more is changed by those who have it, too."""
        roles = cast(forms.ModelMultipleChoiceField, self.fields["groups"])
        roles.queryset = giving_roles.to_give(by)
        only = _("You can give the roles that allow nothing you may not do yourself.")
        roles.error_messages["invalid_choice"] = only
        roles.help_text = format_lazy("{} {}", roles.help_text, only)

    def clean_email(self) -> str:
        return spelled(self.cleaned_data["email"])

    def save(self, commit: bool = True) -> Resident:
        """Save, with a confirmed address: whoever writes it here knows whose it is."""
        resident = super().save(commit=False)
        if not resident.password:
            resident.set_unusable_password()
        if commit:
            resident.save()
            self.save_m2m()
            keep_staff((resident,))
            if "email" in self.changed_data:
                keep_address(resident, confirmed=True)
            keep_admin_language(resident)
        return resident


class NewPersonForm(PersonForm, UserCreationForm):
    """Somebody who does not join by the site's own form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "A mail in their language tells them of the account and where to sign in."
        )

    class Meta(UserCreationForm.Meta):
        fields = ("email", *OWN_FIELDS, "is_superuser", "groups")
        widgets = {  # noqa: RUF012 - the base class's shape
            "groups": forms.CheckboxSelectMultiple,
            "edits_for": forms.CheckboxSelectMultiple,
        }


class ChangePersonForm(PersonForm, UserEditForm):
    """A resident, seen by staff; whose account it is hears of another address or password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address_before = self.instance.email

    def save(self, commit: bool = True) -> Resident:
        person = super().save(commit=commit)
        if commit:
            has_new_password = bool(self.cleaned_data.get("password1"))
            before = self.address_before
            tell_of_changes(person, address_before=before, has_new_password=has_new_password)
        return person

    class Meta(UserEditForm.Meta):
        fields = ("email", *OWN_FIELDS, "is_superuser", "is_active", "groups")
        widgets = NewPersonForm.Meta.widgets


class PeopleView(IndexView):
    """Everybody with an account."""

    search_fields = ("name", "email")

    @cached_property
    def columns(self) -> list[Any]:
        """Wagtail's, and what decides who can do what."""
        roles = Column("roles", label=_("Roles"), accessor=_roles_of)
        works_for = Column("works_for", label=_("Works for"), accessor=_cities_of)
        before, after = super().columns[:4], super().columns[4:]
        return [*before, roles, works_for, *after]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("groups", "edits_for")


def _roles_of(person: Resident) -> str:
    return ", ".join(group.name for group in person.groups.all())


def _cities_of(person: Resident) -> str:
    return ", ".join(str(city) for city in person.edits_for.all())


def half_entrusted(person: Resident) -> str:
    """Say what somebody lacks who has a city and no role, or a role and no city."""
    has_city = person.edits_for.exists()
    has_role = person.is_superuser or person.groups.exists()
    if has_city and not has_role:
        return gettext(
            "%(name)s works for a city and has no role yet: the editing screens stay closed."
            " Tick one under “Roles”."
        ) % {"name": person}
    if has_role and not has_city:
        return gettext(
            "%(name)s works for no city: the pages of single cities stay closed, and nothing can"
            " be signed. Tick one under “Works for”."
        ) % {"name": person}
    return ""


class SaysWhatIsMissing:
    """Saves as it is told, and says what somebody cannot do with it."""

    def save_instance(self) -> Resident:
        person: Resident = super().save_instance()  # type: ignore[misc] # Wagtail's views
        if words := half_entrusted(person):
            messages.warning(self.request, words)  # type: ignore[attr-defined] # theirs, too
        return person


class AddPersonView(SaysWhatIsMissing, CreateView):
    """Makes an account, and tells whose it is."""

    def save_instance(self) -> Resident:
        person = super().save_instance()
        invite(person, by=self.request.user)
        return person

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}


class ChangePersonView(SaysWhatIsMissing, EditView):
    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if may_take_away(self.request.user, self.object) and self.object.has_second_factor:
            url = reverse("wagtailusers_users:second_step", args=(self.object.pk,))
            buttons.append(Button(_("Take away the second step"), url=url, icon_name="key"))
        return buttons

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not giving_roles.is_above(cast(Resident, request.user), self.object):
            raise PermissionDenied  # or one could take over the account of who may do more
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}


class PeopleViewSet(UserViewSet):
    """Wagtail's screens for people, with our forms."""

    index_view_class = PeopleView
    add_view_class = AddPersonView
    edit_view_class = ChangePersonView
    copy_view_enabled = False  # nobody is a copy of somebody else
    create_template_name = "people/staff_create.html"
    edit_template_name = "people/staff_edit.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        own = path("second-step/<int:pk>/", take_away, name="second_step")
        return [*super().get_urlpatterns(), own]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return ChangePersonForm if for_update else NewPersonForm


class NameForm(forms.ModelForm):
    class Meta:
        model = get_user_model()
        fields = ("name",)


class NamePanel(BaseSettingsPanel):
    """One's own name; address and password are changed on the site's account pages."""

    name = "name"
    title = _("Name")
    order = 100
    form_class = NameForm


class SecondStepPanel(BaseSettingsPanel):
    """Leads to the page of the site where the second step is set up or turned off."""

    name = "second_step"
    title = _("Second step at sign-in")
    order = 200
    template_name = "people/admin/second_step_panel.html"

    def get_form(self) -> forms.Form:
        return forms.Form()  # nothing is filled in here

    def get_context_data(self) -> dict[str, Any]:
        return {"is_on": self.user.has_second_factor}


class OwnAccountView(AccountView):
    """Wagtail's page about oneself, without the first and last names we do not have."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        panels = [panel for panel in super().get_panels() if panel.name != "name_email"]
        own = [kind(self.request, self.request.user, None) for kind in (NamePanel, SecondStepPanel)]
        return [*own, *panels]
