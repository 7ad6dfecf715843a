"""Addresses that have taken part and were erased while the consultation is still open."""

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from consultations.fields import KeyByChance
from consultations.models.pages import ConsultationPage
from consultations.models.responses import new_key
from consultations.querysets import SpentAddressQuerySet
from partnership.people.digests import digest, older_digests
from partnership.people.models import Participant


class SpentAddress(models.Model):
    """What somebody said stays counted when they erase themselves: their address is spent here.

    A keyed digest for one consultation only, so that the rows of two cannot be put together,
    nor with what was said. It goes when the consultation has closed.
    """

    id = KeyByChance(primary_key=True, default=new_key, editable=False)
    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.CASCADE, related_name="spent_addresses"
    )
    digest = models.CharField(max_length=64)

    objects = SpentAddressQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each person who has left

    class Meta:
        verbose_name = _("spent address")
        verbose_name_plural = _("spent addresses")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("consultation", "digest"), name="address_spent_once"),
        )

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.digest[:8]}"


def spent_digest(consultation_id: int, participant: Participant) -> str:
    """What stands for this person's address in this consultation."""
    return _of(consultation_id, participant.guest_digest or digest(participant.email))


def spent_digests(consultation_id: int, participant: Participant) -> tuple[str, ...]:
    """The same, and what stood for it when their address had an older spelling."""
    older = (_of(consultation_id, address) for address in older_digests(participant.email))
    return (spent_digest(consultation_id, participant), *older)


def _of(consultation_id: int, address: str) -> str:
    mac = salted_hmac("consultations.spent", f"{consultation_id}:{address}", algorithm="sha256")
    return str(mac.hexdigest())
