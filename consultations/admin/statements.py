"""Statements in the admin: written in every language at once, kept once there are votes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy

from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Statement
from partnership.cities.models import City
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import CODES, field_names, localized, own_name
from partnership.pages.own_city import OffersReadable, OwnViewSet, of_own_pages
from partnership.pages.panels import side_by_side
from partnership.pages.permissions import city_keys
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.pages.two_hands.locking import lock
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.serving import public_changed

KEEPS_ITS_SENSE = _(
    "People have voted on these words. If they still say the same, tick “Only a small change” "
    "below; if not, write another statement."
)
VISIBILITIES = (PublicationStatus.PUBLISHED, PublicationStatus.DRAFT, PublicationStatus.HIDDEN)


class StatementPolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the city of the consultation.

    What waits for a moderator, was taken back or was removed is nobody's here.
    """

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Statement) -> bool:
        is_shown = instance.publication_status in VISIBILITIES
        return is_shown and self.user_has_permission(user, action) and is_own_city(user, instance)


def is_own_city(user: Any, statement: Statement) -> bool:
    """Whether the editor works for one of the cities of the statement's consultation."""
    return user.is_superuser or city_keys(user).open(statement.consultation)


class StatementForm(TwoHandsForm, WagtailAdminModelForm):
    """Saved is public at once, so every language must be there when it is saved.

    Whether readers see what a resident proposed is for moderators, with a reason and a trace;
    its author's own words are nobody's to change. What people have voted on keeps its sense.
    """

    is_small_change = forms.BooleanField(
        required=False,
        label=_("Only a small change"),
        help_text=_("A typing error, for example: whoever has voted would vote the same."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in field_names("text"):
            self.fields[column].required = True
        self.fields["language_code"] = forms.ChoiceField(
            label=_("written in"),
            choices=[(code, own_name(code)) for code in CODES],
            help_text=_("The language the words were first said in."),
        )
        visibility = self.fields["publication_status"]
        visibility.choices = [(each.value, each.label) for each in VISIBILITIES]
        originals = Statement.objects.none()
        if self.instance.pk:
            originals = self.instance.consultation.statements.asked().exclude(pk=self.instance.pk)
        self.fields["duplicate_of"].queryset = originals.order_by("number")
        self.fields["city"].queryset = City.objects.all()
        boards = self.fields["board"].queryset.select_related("event")
        if self.for_user is not None:
            boards = of_own_pages(boards, self.for_user)
        self.fields["board"].queryset = boards.order_by("-event__starts_at", "number")
        self.fields["board"].label_from_instance = _name_of_board
        if self.for_user is not None:
            own = ConsultationPage.objects.of_moderator(self.for_user)
            self.fields["consultation"].queryset = own.order_by("-opens_at")
        if self.instance.pk:
            self.fields["consultation"].disabled = True
        if self.instance.participant_id is not None:
            self._keep_what_was_proposed()
        if not self.instance.pk or not self.instance.votes.exists():
            del self.fields["is_small_change"]

    def _keep_what_was_proposed(self) -> None:
        own = localized("text", self.instance.language_code)
        for name in (own, "language_code", "city"):
            self.fields[name].disabled = True
        if self.instance.publication_status == PublicationStatus.DRAFT:
            return  # what an editor once took back: moderators decide about no draft
        self.fields["publication_status"].disabled = True
        self.fields["publication_status"].help_text = _(
            "A resident proposed it: moderators publish and hide it, under Moderation."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "is_small_change" in self.fields and not cleaned.get("is_small_change"):
            for column in set(field_names("text")) & set(self.changed_data):
                self.add_error(column, KEEPS_ITS_SENSE)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        statement = super().save(commit=commit)
        public_changed()
        return statement


def _name_of_board(board: Any) -> str:
    return f"{board.event.title}: {board}"


class StatementList(OffersReadable):
    """What an editor may change, with how many people have voted on it.

    What residents proposed comes here once a moderator has published or hidden it.
    """

    offered = (("consultation", "pk"),)

    def get_base_queryset(self) -> QuerySet:
        own = ConsultationPage.objects.of_moderator(self.request.user).values("pk")
        statements = Statement.objects.filter(
            consultation__in=own, publication_status__in=VISIBILITIES
        )
        return statements.select_related("consultation").with_votes()


class AddStatement(AddThing):
    """Starts in the consultation the editor came from, and in their language."""

    def get_initial_form_instance(self) -> Statement:
        asked = self.request.GET.get("consultation", "")
        known = ConsultationPage.objects.of_moderator(self.request.user).order_by("-opens_at")
        chosen = known.filter(pk=key_in(asked)).first()
        own = getattr(self.request.user, "language_code", "")
        written_in = {"language_code": own} if own in CODES else {}
        return Statement(consultation=chosen or known.first(), **written_in)

    def save_instance(self) -> Statement:
        """Save it under the next number; the consultation is locked, as for what is proposed."""
        lock(ConsultationPage, self.form.instance.consultation_id)
        saved: Statement = super().save_instance()
        return saved


def own_or_404(user: Any, statement: Statement) -> Statement:
    """Return the statement; another city's does not exist for this editor, nor what waits for
    a moderator, was taken back or was removed.
    """
    if not is_own_city(user, statement) or statement.publication_status not in VISIBILITIES:
        raise Http404
    return statement


class EditStatement(EditThing):
    """Changes a statement."""

    def get_object(self, queryset: QuerySet | None = None) -> Statement:
        return own_or_404(self.request.user, super().get_object(queryset))


class DeleteStatement(RefusesToDelete, generic.DeleteView):
    """Takes a statement away as long as nobody has said anything about it."""

    def get_object(self, queryset: QuerySet | None = None) -> Statement:
        return own_or_404(self.request.user, super().get_object(queryset))

    def reason(self) -> str:
        if self.object.participant_id is not None:
            return str(_("A resident proposed it: it cannot be deleted. Moderators can hide it."))
        if not self.object.votes.exists() and not self.object.contributions.exists():
            return ""
        return str(_("People have voted on this statement: it cannot be deleted. Hide it instead."))

    def delete_action(self) -> None:
        super().delete_action()
        public_changed()


class StatementFilters(WagtailFilterSet):
    """By consultation and visibility."""

    class Meta:
        model = Statement
        fields = ("consultation", "publication_status", "city")


class StatementViewSet(OwnViewSet):
    """The statements of all consultations an editor may change."""

    model = Statement
    name = "statements"
    icon = "openquote"
    menu_label = _("Statements")
    menu_name = "consultations.statements"
    menu_order = 240
    add_to_admin_menu = True
    index_view_class = StatementList
    add_view_class = AddStatement
    edit_view_class = EditStatement
    delete_view_class = DeleteStatement
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = (
        TitleColumn("text", label=_("Statement"), accessor=str, url_name="statements:edit"),
        Column("consultation", label=_("Consultation"), accessor="consultation.title"),
        Column(
            "publication_status",
            label=_("Visibility"),
            accessor="get_publication_status_display",
        ),
        Column("votes_cast", label=_("Votes"), accessor="votes_cast"),
    )
    list_per_page = 50
    ordering = ("-consultation__opens_at", "number")
    filterset_class = StatementFilters
    search_fields = tuple(field_names("text"))
    search_backend_name = None

    def get_edit_handler(self) -> Any:
        """The form: where it belongs, the words, who said them."""
        panels = (
            FieldPanel("consultation", widget=forms.Select()),
            side_by_side("text", heading=_("Statement")),
            FieldPanel("is_small_change"),
            FieldRowPanel((FieldPanel("language_code"), FieldPanel("city"))),
            FieldPanel("board", widget=forms.Select()),
            FieldPanel("publication_status"),
            FieldPanel("duplicate_of", widget=forms.Select()),
        )
        return ObjectList(panels, base_form_class=StatementForm).bind_to_model(self.model)
