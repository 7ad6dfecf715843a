"""What people say in their own words."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from consultations.enums import Alignment, Channel, ContributionKind, PublicationStatus
from consultations.models.ideas import LONGEST_TITLE, apart, title_of
from consultations.models.pages import ConsultationPage
from consultations.models.statements import Statement
from consultations.models.voices import (
    SpokenFor,
    confirmed_has_kind,
    official_is_city_hall,
    organisation_is_whole,
)
from consultations.querysets import ContributionQuerySet
from partnership.cities.models import City
from partnership.pages.languages import active
from partnership.people.enums import RESERVED
from partnership.people.models import Participant, Resident

LONGEST_COMMENT = 2000
#: How long an author can change the words themselves.
EDITABLE_FOR = timedelta(minutes=15)


class Contribution(SpokenFor):
    """A comment, or a reply to one; nobody sees it before a moderator has."""

    consultation = models.ForeignKey(
        ConsultationPage,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=ContributionKind, default=ContributionKind.COMMENT
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("reply to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
    )
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("about the statement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    board = models.ForeignKey(
        "boards.Board",
        verbose_name=_("about the board"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    paragraph = models.ForeignKey(
        "drafts.Paragraph",
        verbose_name=_("about the paragraph"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    #: The session whose people wrote or drew it together; then there is no participant.
    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    #: The note's own key in the report of that session: a note is counted once.
    session_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    drawing = models.ForeignKey(
        "pages.Photo",
        verbose_name=_("drawing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    #: Readers see "A resident of ...", while the author still finds, changes and withdraws it.
    is_name_hidden = models.BooleanField(_("name hidden"), default=False)
    language_code = models.CharField(_("language"), max_length=20)
    #: Of a resident's idea: the first line of its text, so that lists need not look for it.
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True, default="")
    neighbourhood = models.ForeignKey(
        "cities.Neighbourhood",
        verbose_name=_("neighbourhood"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: Where an idea is about, some ten metres exact; readers see it with the idea.
    latitude = models.DecimalField(
        _("latitude"), max_digits=6, decimal_places=4, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    text = models.TextField(_("text"), max_length=LONGEST_COMMENT)
    alignment = models.SmallIntegerField(_("stance"), choices=Alignment, default=Alignment.NEUTRAL)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    edited_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    waiting_text = models.TextField(
        _("new words that wait"), max_length=LONGEST_COMMENT, blank=True
    )
    # Kept current in the transaction of the act, so that a page can be ordered by them.
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    support_count = models.PositiveIntegerField(default=0, editable=False)
    support_score = models.FloatField(default=0.0, editable=False)
    publication_status = models.CharField(
        _("visibility"),
        max_length=20,
        choices=PublicationStatus,
        default=PublicationStatus.PENDING,
    )
    moderation_reason = models.TextField(_("reason"), blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderated by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    moderated_at = models.DateTimeField(_("moderated at"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        indexes = (
            models.Index(
                fields=("consultation", "publication_status", "parent", "-created_at", "-id"),
                name="contribution_conversation",
            ),
            models.Index(
                fields=("consultation", "parent", "-support_score", "-id"),
                name="contribution_most_supported",
            ),
            models.Index(
                fields=("consultation", "parent", "-reply_count", "-id"),
                name="contribution_most_discussed",
            ),
            models.Index(fields=("publication_status", "created_at"), name="contribution_queue"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="contribution_no_reply_to_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    participant__isnull=False, event__isnull=True, session_key__isnull=True
                )
                | models.Q(
                    participant__isnull=True, event__isnull=False, session_key__isnull=False
                ),
                name="contribution_of_a_person_or_a_session",
            ),
            models.CheckConstraint(
                condition=models.Q(title="")
                | models.Q(
                    kind=ContributionKind.IDEA,
                    event__isnull=True,
                    parent__isnull=True,
                    text__startswith=models.F("title"),
                ),
                name="contribution_idea_begins_with_its_title",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    kind=ContributionKind.IDEA, latitude__isnull=False, longitude__isnull=False
                ),
                name="contribution_whole_point_of_an_idea",
            ),
            organisation_is_whole("contribution_organisation_whole"),
            official_is_city_hall("contribution_official_is_city_hall"),
            confirmed_has_kind("contribution_confirmed_has_kind"),
        )

    def __str__(self) -> str:
        return self.text[:60]

    def clean(self) -> None:
        """Replies are one level deep and stay within their conversation."""
        if self.parent is None:
            return
        if self.parent.parent_id is not None:
            raise ValidationError({"parent": _("A reply cannot be replied to.")})
        if self.parent.consultation_id != self.consultation_id:
            raise ValidationError({"parent": _("That comment is in another consultation.")})

    @property
    def editable_until(self) -> datetime:
        """The instant after which the author's words stay as they are."""
        return self.created_at + EDITABLE_FOR

    @property
    def is_editable(self) -> bool:
        """Whether its author can still change the words."""
        can_be_read = (PublicationStatus.PENDING, PublicationStatus.PUBLISHED)
        return self.publication_status in can_be_read and timezone.now() < self.editable_until

    @property
    def edit_url(self) -> str:
        """Where its author changes or withdraws it, in the active language."""
        return reverse("consultation_edit", args=(self.consultation.slug_in(active()), self.pk))

    @property
    def replies_url(self) -> str:
        """Where it is read with all its replies, in the active language."""
        name = "consultation_idea" if self.is_idea else "consultation_thread"
        return reverse(name, args=(self.consultation.slug_in(active()), self.pk))

    def path_in(self, code: str) -> str:
        """Where it is read, in a language: an idea and what is said to it have a page."""
        idea = self.parent or self
        if not idea.is_idea:
            return f"{self.consultation.url_in(code)}#{self.anchor}"
        with translation.override(code):
            return f"{idea.replies_url}#{self.anchor}"

    @property
    def is_idea(self) -> bool:
        """Whether a resident wrote it as an idea; a session's notes stand in the conversation."""
        return self.kind == ContributionKind.IDEA and self.event_id is None

    def put_words(self, text: str) -> None:
        """Put these words there; the first line of an idea is its title."""
        self.text = text
        self.title = title_of(text) if self.is_idea else ""

    @property
    def words_below(self) -> str:
        """Its words without the title that an idea has."""
        return apart(self.text)[1] if self.is_idea else self.text

    @property
    def point(self) -> str:
        """Where it is about, as one types it; empty for nowhere."""
        return "" if self.latitude is None else f"{self.latitude}, {self.longitude}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author took it back; replies to it stay where they are."""
        return self.publication_status == PublicationStatus.WITHDRAWN

    @property
    def has_words_to_pass(self) -> bool:
        """Whether its author wrote new words for it that nobody else sees yet."""
        return bool(self.waiting_text) and self.publication_status == PublicationStatus.PUBLISHED

    @property
    def words_digest(self) -> str:
        """What tells the words a moderator has read, and new ones that wait, from any others."""
        words = f"{self.text}\0{self.waiting_text}".encode()
        return sha256(words).hexdigest()[:16]

    @property
    def stance(self) -> str:
        """For or against what it is about, a statement for example; empty for neither."""
        is_about_one = self.statement_id or self.board_id or self.paragraph_id
        has_one = is_about_one and self.alignment != Alignment.NEUTRAL
        return str(Alignment(self.alignment).label) if has_one else ""

    @property
    def anchor(self) -> str:
        """Where links to this comment lead on the consultation's page."""
        return f"comment-{self.pk}"

    @property
    def channel(self) -> Channel:
        """The way it came in."""
        return Channel.SESSION if self.event_id else Channel.WEB

    @property
    def resident(self) -> Resident | None:
        """The account of whoever wrote it; none for guests and sessions."""
        return self.participant.resident if self.participant else None

    @property
    def author_name(self) -> str:
        """What readers see: first name and initial, the whole name for staff or a session.

        Of a hidden name nothing but the city, or the organisation it was written for; of a
        session whose page is not for everybody nothing but that it was one.
        """
        if self.event is not None:
            return str(self.event.title if self.names_session else _("People at a session"))
        if self.is_name_hidden:
            return self._organisation_shown or self._name_of_anybody
        resident = self.resident
        if resident is None:
            return self._organisation_shown or str(self._who_has_no_account)
        if resident.is_staff:
            return resident.name
        first, *others = resident.name.split()
        return f"{first} {others[-1][0]}." if others else first

    @property
    def _organisation_shown(self) -> str:
        """The organisation that stands for a name; never a city hall that nobody confirmed."""
        is_known = self.is_official or self.partner_id is not None
        is_claimed = self.organisation_kind in RESERVED and not is_known
        return "" if is_claimed else self.organisation_shown

    @property
    def _who_has_no_account(self) -> Any:
        is_former = self.participant is not None and self.participant.is_former
        return _("Former participant") if is_former else _("A guest")

    @property
    def _name_of_anybody(self) -> str:
        if self.city is None:
            return str(_("Somebody from elsewhere"))
        return str(_("A resident of %(city)s") % {"city": self.city.name})

    @property
    def names_session(self) -> bool:
        """Whether readers may open the page of the session whose people wrote it.

        Queries for readers ask about the page and what is above it; staff may know the name.
        """
        event = self.event
        return event is not None and event.live and getattr(self, "is_session_open", True)

    @property
    def names_city(self) -> bool:
        """Whether the city stands in the name that readers see."""
        return self.is_name_hidden and not self._organisation_shown

    @property
    def name_for_staff(self) -> str:
        """The whole name, unless readers are not shown it either: then what they are shown."""
        if self.is_name_hidden or self.participant is None:
            return self.author_name
        return str(self.participant)

    @property
    def is_by_staff(self) -> bool:
        """Whether readers are told that somebody of a city hall wrote it."""
        resident = self.resident
        return bool(resident and resident.is_staff and not self.is_name_hidden)

    @property
    def city_told(self) -> City | None:
        """The city that readers are told with the words: none of whoever works for one."""
        return None if self.is_by_staff else self.city

    @property
    def shows_organisation(self) -> bool:
        """Whether an organisation stands where the name of a person would."""
        return bool(self._organisation_shown) and not self.is_named

    @property
    def is_named(self) -> bool:
        """Whether readers see a name of a person."""
        return self.resident is not None and not self.is_name_hidden
