"""Ten thousand comments cost no more queries than ten; run by make bench."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.enums import Order
from consultations.models import Contribution
from consultations.translations.models import Translation
from consultations.translations.words_of import digest_of
from tests.consultations.test_pages import ANONYMOUS
from tests.factories.consultations import make_consultation, make_participant

pytestmark = [pytest.mark.django_db, pytest.mark.bench]


PAGES = (1, 2, 500, 999, 1000)
ARTICLE = re.compile(r'<article class="comment" id="comment-(\d+)"')


@pytest.mark.both
@pytest.mark.parametrize("order", list(Order))
def test_every_order_and_every_page_of_ten_thousand_comments_costs_the_same(
    client, django_assert_max_num_queries, order
):
    consultation = with_comments(10_000)
    places = list(consultation.contributions.in_order(order).values_list("pk", flat=True))
    client.get(f"{consultation.url}?warm=1")

    for number in PAGES:
        with django_assert_max_num_queries(ANONYMOUS):
            page = client.get(f"{consultation.url}?order={order.value}&comments={number}")
        shown = [
            int(pk)
            for pk in re.findall(
                r'<article class="comment" id="comment-(\d+)"', page.content.decode()
            )
        ]
        assert shown == places[(number - 1) * 10 : number * 10]
    for pk in (places[0], places[4_321], places[-1]):
        place = client.get(f"{consultation.comment_url}{pk}/?order={order.value}").url
        assert f'id="comment-{pk}"' in client.get(place.partition("#")[0]).content.decode()


def with_comments(comments):
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
            support_score=(number * 7919 % 10_007) / 10_007,
            reply_count=number * 31 % 97,
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
    return consultation


@pytest.mark.parametrize("comments", [10, 10_000])
def test_the_page_costs_the_same_with_ten_thousand_comments(
    client, django_assert_max_num_queries, comments
):
    consultation = with_comments(comments)
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
