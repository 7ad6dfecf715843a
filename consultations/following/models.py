"""What people are told of, who was told, and who wants no mail."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.following.enums import MailKind
from consultations.following.querysets import NoticeQuerySet, PromiseStepQuerySet, StopQuerySet
from consultations.models import ConsultationPage, Contribution
from partnership.people.models import Participant

if TYPE_CHECKING:
    from consultations.roadmap.models import Commitment


class Stop(models.Model):
    """Somebody wants no mails about one consultation, none of one kind, or none at all."""

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="stopped_mails"
    )
    consultation = models.ForeignKey(
        ConsultationPage,
        verbose_name=_("consultation"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    #: Empty for mails of every kind.
    kind = models.CharField(_("kind of mail"), max_length=20, choices=MailKind, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), default=timezone.now)

    objects = StopQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("stopped mails")
        verbose_name_plural = _("stopped mails")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "consultation", "kind"), name="mails_of_one_stopped_once"
            ),
            models.UniqueConstraint(
                fields=("participant", "kind"),
                condition=Q(consultation=None),
                name="all_mails_stopped_once",
            ),
            models.CheckConstraint(
                condition=Q(consultation=None) | Q(kind=""), name="a_kind_is_stopped_everywhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.consultation_id or self.kind or '*'}"


class FormerGuest(models.Model):
    """The number in links of old mails, of a guest whose account had rows of its own."""

    number = models.BigIntegerField(unique=True)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True  # it goes with the person

    class Meta:
        verbose_name = _("number of a former guest")
        verbose_name_plural = _("numbers of former guests")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}: {self.participant_id}"


class PromiseStep(models.Model):
    """How a public promise stands from some day on, and how it stood before.

    The last one that is listed is what people were told; one that is not is a change that has
    not stood for an hour yet.
    """

    commitment = models.ForeignKey(
        "roadmap.Commitment", on_delete=models.CASCADE, related_name="told_steps"
    )
    status = models.CharField(max_length=20)
    due_on = models.DateField()
    #: Empty when it became public.
    was_status = models.CharField(max_length=20, blank=True)
    was_due_on = models.DateField(null=True)
    #: Everything it was ever seen to cite: keys of links to evidence.
    cites = models.JSONField(default=list)
    noticed_at = models.DateTimeField(default=timezone.now)
    listed_at = models.DateTimeField(null=True)

    objects = PromiseStepQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # it goes with its promise

    class Meta:
        verbose_name = _("step of a promise")
        verbose_name_plural = _("steps of promises")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("commitment",), condition=Q(listed_at=None), name="one_step_is_settling"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.status}, {self.due_on}"

    @property
    def is_first(self) -> bool:
        """Whether it became public with this step."""
        return not self.was_status

    @property
    def is_move(self) -> bool:
        """Whether its state or its day changed; if not, it cites more people than before."""
        return (self.status, self.due_on) != (self.was_status, self.was_due_on)

    def says(self, commitment: "Commitment", cites: set[int]) -> bool:
        """Whether this is how the promise stands, and nobody is cited that was not then."""
        is_same = (self.status, self.due_on) == (commitment.status, commitment.due_on)
        return is_same and cites <= set(self.cites)


class DeliveryStep(models.Model):
    """How a milestone, a reading or a verdict of a public promise stands, and how it stood before.

    As with ``PromiseStep`` the last one that is listed is what people know; one that is not has
    not stood for an hour yet. What is no news (a milestone is planned, a figure is corrected) is
    listed at once, and nobody hears of it.
    """

    commitment = models.ForeignKey(
        "roadmap.Commitment", on_delete=models.CASCADE, related_name="delivery_steps"
    )
    #: A ``DeliveryKind``.
    kind = models.CharField(max_length=20)
    #: What stays the same while it is corrected: see ``delivered``.
    subject = models.CharField(max_length=80)
    #: How it stands, and how it stood; days are ISO dates.
    says = models.JSONField()
    said = models.JSONField(null=True)
    noticed_at = models.DateTimeField(default=timezone.now)
    listed_at = models.DateTimeField(null=True)

    objects = PromiseStepQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # it goes with its promise

    class Meta:
        verbose_name = _("step of a delivery")
        verbose_name_plural = _("steps of deliveries")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("commitment", "subject"),
                condition=Q(listed_at=None),
                name="one_delivery_is_settling",
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.subject}"


class Notice(models.Model):
    """Somebody hears, once, of a step of a promise, of its delivery, or of a reply to them."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="notices")
    #: What they took part in, which is why they hear of it.
    consultation = models.ForeignKey(
        ConsultationPage,
        verbose_name=_("consultation"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    step = models.ForeignKey(PromiseStep, null=True, on_delete=models.CASCADE, related_name="+")
    delivery = models.ForeignKey(
        DeliveryStep, null=True, on_delete=models.CASCADE, related_name="+"
    )
    reply = models.ForeignKey(Contribution, null=True, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(_("told at"), null=True)

    objects = NoticeQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each person who hears

    class Meta:
        verbose_name = _("news of what became of it")
        verbose_name_plural = _("news of what became of it")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(step__isnull=False, reply=None, delivery=None)
                | Q(step=None, reply__isnull=False, delivery=None)
                | Q(step=None, reply=None, delivery__isnull=False),
                name="notice_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=("delivery", "participant"), name="told_once_of_a_delivery"
            ),
            models.UniqueConstraint(fields=("step", "participant"), name="told_once_of_a_step"),
            models.UniqueConstraint(fields=("reply", "participant"), name="told_once_of_a_reply"),
        )
        indexes = (
            models.Index(fields=("participant",), condition=Q(told_at=None), name="notice_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.step_id or self.delivery_id or self.reply_id}"
