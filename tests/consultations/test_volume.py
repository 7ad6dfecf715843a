"""Ten thousand comments cost no more queries than ten; run by make bench."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Contribution
from consultations.translations.models import Translation
from consultations.translations.words_of import digest_of
from tests.consultations.test_pages import ANONYMOUS
from tests.factories.consultations import make_consultation, make_participant

pytestmark = [pytest.mark.django_db, pytest.mark.bench]


@pytest.mark.parametrize("comments", [10, 10_000])
def test_the_page_costs_the_same_with_ten_thousand_comments(
    client, django_assert_max_num_queries, comments
):
    consultation, author, now = make_consultation(), make_participant(), timezone.now()
    spoken = Contribution.objects.bulk_create(
        Contribution(
            consultation=consultation,
            participant=author,
            city=author.resident.city,
            language_code="en",
            text=f"Comment {number}.",
            created_at=now - timedelta(minutes=number),
            publication_status="published",
        )
        for number in range(comments)
    )
    Translation.objects.bulk_create(
        Translation(
            contribution=contribution,
            language_code="es",
            text=f"En español: {contribution.text}",
            origin="volunteer",
            status="accepted",
            source_digest=digest_of(contribution),
            author=author,
        )
        for contribution in spoken
    )
    addresses = [consultation.url_in(code) for code in ("en", "es")]
    for address in addresses:
        client.get(f"{address}?warm=1")

    for address in addresses:
        with django_assert_max_num_queries(ANONYMOUS):
            first = client.get(address)
        assert first.content.count(b'<article class="comment"') == 10

    last = b"Comment %d." % (comments - 1)
    assert last in client.get(f"{addresses[0]}?comments=100000").content
    assert "En español: Comment 0." in first.content.decode()
