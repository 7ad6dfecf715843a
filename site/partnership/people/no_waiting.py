"""A way past what somebody else has used up: for whoever reads the mails of an address.

Who knows an address can type wrong codes for it, or have codes sent there, until it is said that
nobody may for an hour. So every mail with a code holds a link that is signed for its address and
good for two hours. The browser that opens it is counted apart, and so in all there are:

* for strangers as many attempts as before: what readers do is never counted for them;
* for readers of the mailbox as many again, however many links they open or browsers they use.

Nobody is a reader without a mail of the last two hours, and the link opens nothing by itself.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from partnership.mailboxes import spelled
from partnership.session_room import keep_briefly, renew_key

#: How long the link works, and how long a browser is a reader's.
LASTS = timedelta(hours=2)
#: Where a session keeps whose mails are read here.
READS = "people.reads_mails_of"


def url_for(email: str) -> str:
    """The link for a mail to this address, in the active language."""
    key = _signer().sign(_stands_for(email))
    return f"{settings.BASE_URL}{reverse('no_waiting', args=(key,))}"


def address_in(key: str) -> str:
    """What stands for the address a link was mailed to; empty for a forged one or an old one."""
    try:
        return _signer().unsign(key, max_age=LASTS)
    except BadSignature:
        return ""


def remember(session: SessionBase, address: str) -> None:
    """Count this browser apart, for the address that a link stands for."""
    keep_briefly(session)
    renew_key(session)
    session[READS] = {"address": address, "until": (timezone.now() + LASTS).timestamp()}


def whose(session: SessionBase | None, email: str) -> str:
    """What an attempt at an address is counted under: its own readers', or everybody's."""
    kept = (session.get(READS) if session is not None else None) or {}
    if kept.get("until", 0) <= timezone.now().timestamp():
        return spelled(email)
    is_reader = constant_time_compare(kept["address"], _stands_for(email))
    return f"readers of {spelled(email)}" if is_reader else spelled(email)


def _stands_for(email: str) -> str:
    """A digest with a key of its own: a guest's would tell whose participant it is."""
    return salted_hmac("partnership.people.no_waiting", spelled(email)).hexdigest()


def _signer() -> TimestampSigner:
    return TimestampSigner(sep=".", salt="people.no_waiting")
