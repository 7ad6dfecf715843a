"""Ten thousand comments cost no more queries than ten; run by make bench."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Contribution
from tests.consultations.test_pages import ANONYMOUS
from tests.factories.consultations import make_consultation, make_participant

pytestmark = [pytest.mark.django_db, pytest.mark.bench]


@pytest.mark.parametrize("comments", [10, 10_000])
def test_the_page_costs_the_same_with_ten_thousand_comments(
    client, django_assert_max_num_queries, comments
):
    consultation, author, now = make_consultation(), make_participant(), timezone.now()
    Contribution.objects.bulk_create(
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
    client.get(f"{consultation.url}?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        first = client.get(consultation.url)
        last = b"Comment %d." % (comments - 1)

    assert first.content.count(b'<article class="comment"') == 10
    assert last in client.get(f"{consultation.url}?comments=100000").content
