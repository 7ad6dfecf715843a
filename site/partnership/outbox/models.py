"""The mails of the site: written with the change, delivered after it, emptied once sent."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.outbox.enums import MailState
from partnership.outbox.querysets import OutgoingMailQuerySet


def new_message_id() -> str:
    """Return a Message-ID of this site; every attempt at the same mail carries the same."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


class OutgoingMail(models.Model):
    """One mail to one person. A mail that expires holds a code: its subject is secret too."""

    kind = models.CharField(_("kind"), max_length=60)
    to = models.EmailField(_("to"), max_length=254, blank=True)
    language_code = models.CharField(_("language"), max_length=20)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True)
    about = models.CharField(_("about"), max_length=80, blank=True)
    #: Where one click in a mail program stops mails like this one; empty where nothing can.
    stop_url = models.CharField(max_length=500, blank=True)
    #: Where an answer goes; empty: to the site.
    reply_to = models.EmailField(max_length=254, blank=True)
    message_id = models.CharField(max_length=120, unique=True, default=new_message_id)
    dedup_key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=MailState, default=MailState.WAITING
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now, db_index=True)
    next_attempt_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ("-pk",)
        # Nobody writes, changes or deletes mails by hand.
        default_permissions = ("view",)
        permissions = (("retry_outgoingmail", _("Can send a mail again")),)
        indexes = (
            models.Index(
                fields=("next_attempt_at",),
                name="outbox_waiting",
                condition=models.Q(state="waiting"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    @property
    def is_failing(self) -> bool:
        """Whether it was tried in vain and will be tried again."""
        return self.state == MailState.WAITING and bool(self.last_error)

    @property
    def shown_state(self) -> str:
        """The state in words; a waiting mail that was tried in vain is failing."""
        return str(_("failing")) if self.is_failing else self.get_state_display()

    @property
    def may_be_retried(self) -> bool:
        """Whether there is still something to send."""
        has_words = bool(self.text)
        return has_words and self.state in {MailState.WAITING, MailState.UNDELIVERABLE}


class ClockRound(models.Model):
    """When the clock last went round, and since when no mail leaves. One row."""

    went_at = models.DateTimeField(_("went round at"))
    no_mail_since = models.DateTimeField(_("no mail leaves since"), null=True, blank=True)

    class Meta:
        verbose_name = _("round of the clock")
        verbose_name_plural = _("rounds of the clock")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.went_at}"
