"""Words are removed for good: one person asks, another one confirms."""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from consultations.moderation.enums import HidingReason, Outcome
from consultations.moderation.models import Appeal, Removal
from consultations.moderation.querysets import about
from consultations.moderation.records import record
from consultations.moderation.refusals import (
    AppealWaits,
    NotHidden,
    NotYourCity,
    ReasonNotChosen,
    RemovalAsked,
    RemovalOver,
    TwoPeopleNeeded,
)
from consultations.moderation.services.appeals import PERMISSION
from consultations.translations.words_of import original_of
from partnership.ledger import quotes
from partnership.locking import lock
from partnership.outbox.services import forget_about
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from partnership.serving import public_forgotten


def digest_of(target: Contribution | Statement) -> str:
    """A fingerprint of the words: what was asked about is what is removed.

    Keyed with the site's secret, for it outlives the words: short ones could be guessed from a
    plain hash.
    """
    return salted_hmac(__name__, original_of(target), algorithm="sha256").hexdigest()


def may_remove(person: Resident, target: Contribution | Statement) -> bool:
    """Whether this person moderates for a city of the consultation; no role stands in for it."""
    own = target.consultation.cities.all()
    cities = person.edits_for.filter(pk__in=own.values("pk")) if own else person.edits_for.all()
    return person.has_perm(PERMISSION) and cities.exists()


@transaction.atomic
def ask_for_removal(target: Contribution | Statement, *, by: Resident, reason: str) -> Removal:
    """Ask a second person to confirm that hidden words go for good. Locks the words."""
    if reason not in HidingReason.values:
        raise ReasonNotChosen
    target = lock(target)
    _refuse_removal(target, by)
    try:
        with transaction.atomic():
            return Removal.objects.create(
                consultation_id=target.consultation_id,
                reason=reason,
                digest=digest_of(target),
                asked_by=by,
                **about(target),
            )
    except IntegrityError as error:
        raise RemovalAsked from error


def _refuse_removal(target: Contribution | Statement, by: Resident) -> None:
    if not may_remove(by, target):
        raise NotYourCity
    if target.publication_status != PublicationStatus.HIDDEN:
        raise NotHidden
    waiting = Appeal.objects.waiting()
    if waiting.filter(decision__in=target.decisions.all()).exists():
        raise AppealWaits


@transaction.atomic
def confirm_removal(removal: Removal, *, by: Resident, seen: str) -> Removal:
    """Remove the words, for good. ``seen`` is the digest of what was read. Locks the words.

    Raises TwoPeopleNeeded for whoever asked: no role stands in for a second person.
    """
    target = lock(removal.target)
    found = Removal.objects.waiting().select_for_update(of=("self",)).filter(pk=removal.pk).first()
    if found is None or not seen == found.digest == digest_of(target) or not found.asked_by_id:
        raise RemovalOver
    if found.asked_by_id == by.pk:
        raise TwoPeopleNeeded
    _refuse_removal(target, by)
    found.confirmed_by, found.confirmed_at = by, timezone.now()
    found.save(update_fields=("confirmed_by", "confirmed_at"))
    record(target, Outcome.REMOVED, by=by, reason=found.reason)
    remove_words(target)
    return found


@transaction.atomic
def call_off_removal(removal: Removal, *, by: Resident) -> None:
    """Leave the words hidden; nothing of the request stays. Locks as above."""
    target = lock(removal.target)
    if not may_remove(by, target):
        raise NotYourCity
    deleted, _by_model = Removal.objects.waiting().filter(pk=removal.pk).delete()
    if not deleted:
        raise RemovalOver


def remove_words(target: Contribution | Statement) -> None:
    """Empty every place that holds the words, and call them erased."""
    target.publication_status = PublicationStatus.ERASED
    forget_words(target)


def forget_words(target: Contribution | Statement) -> None:
    """Every place that holds the words, or what was said about them."""
    if isinstance(target, Contribution):
        target.text = target.title = target.waiting_text = ""
        target.drawing = target.latitude = target.longitude = None
        target.earlier_wordings.all().delete()
        target.reports.update(note="")
        if target.session_key:  # the report would hand the words over again
            notes = apps.get_model("reports", "SessionNote")._default_manager
            notes.filter(key=target.session_key).delete()
    else:
        for code in CODES:
            setattr(target, localized("text", code), "")
    target.moderation_reason = ""
    target.save()
    target.translations.all().delete()
    Appeal.objects.filter(decision__in=target.decisions.all()).update(text="", answer="")
    forget_about(target)
    quotes.forget(target)
    public_forgotten()
