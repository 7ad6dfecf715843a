"""The mails a consultation will cause, among its previews, before anybody gets one."""

import pytest

from consultations.following.models import Notice
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES
from tests.factories.consultations import make_consultation
from tests.factories.roadmap import make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

WORDS = {
    ("consultation_answered", "en"): "Every city has signed the answers.",
    ("consultation_answered", "es"): "porque participaste",
    ("promises_moved", "en"): "Under way. Before: Planned.",
    ("promises_moved", "es"): "Antes:",
    ("promises_delivered", "en"): "Milestone reached: The name of a milestone",
    ("promises_delivered", "es"): "Hito alcanzado: El nombre de un hito",
    ("comment_replied", "en"): "somebody has replied to your comment",
    ("comment_replied", "es"): "alguien ha contestado a tu comentario",
}


@pytest.mark.parametrize(("kind", "code"), WORDS)
@pytest.mark.parametrize("has_roadmap", [True, False])
def test_every_mail_can_be_seen_in_every_language_and_nothing_is_stored(
    rf, kind, code, has_roadmap
):
    if has_roadmap:
        make_roadmap()
    consultation = make_consultation()
    mode = f"mail:{kind}:{code}"

    modes = [name for name, _label in consultation.preview_modes]
    letter = consultation.make_preview_request(rf.get("/"), mode).content.decode()

    assert [f"mail:{kind}:{each}" in modes for each in CODES] == [True] * len(CODES)
    assert WORDS[kind, code] in letter
    assert not Notice.objects.exists()
    assert not OutgoingMail.objects.exists()
