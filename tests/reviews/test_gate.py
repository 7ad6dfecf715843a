"""A roadmap is published when the year before has been looked back on, at every door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.roadmap.models import RoadmapPage
from consultations.roadmap.reviewed import YearNotReviewed
from partnership.outbox.models import OutgoingMail
from tests.factories.promises import YEAR
from tests.factories.reviews import make_draft, make_review
from tests.factories.roadmap import in_every_language, make_roadmap

pytestmark = pytest.mark.django_db
SAID = f"The roadmap of {YEAR - 1} comes first"


@pytest.fixture
def coming(roadmap) -> RoadmapPage:
    """A draft of this year's roadmap."""
    draft = make_roadmap(YEAR, live=False)
    draft.save_revision()
    return RoadmapPage.objects.get(pk=draft.pk)


@pytest.mark.both
def test_the_next_year_opens_with_the_last_signature(coming, roadmap, promise):
    with pytest.raises(YearNotReviewed, match=SAID):
        coming.get_latest_revision().publish()
    make_review(roadmap)

    coming.get_latest_revision().publish()

    assert RoadmapPage.objects.get(pk=coming.pk).live


def test_a_draft_of_a_review_opens_nothing(coming, roadmap, promise):
    make_draft(roadmap)

    with pytest.raises(YearNotReviewed):
        coming.get_latest_revision().publish()


def test_the_first_roadmap_follows_none_and_an_unknown_draft_is_no_year(cities):
    make_roadmap(YEAR - 1, live=False)
    first = make_roadmap(YEAR, live=False)

    first.save_revision().publish()

    assert RoadmapPage.objects.get(pk=first.pk).live


@pytest.mark.parametrize("live", [True, False])
def test_what_readers_know_already_stays(roadmap, live):
    known = make_roadmap(YEAR, live=live, first_published_at=timezone.now())

    known.save_revision().publish()

    assert RoadmapPage.objects.get(pk=known.pk).live
    known.year = YEAR + 2
    make_roadmap(YEAR + 1)
    with pytest.raises(YearNotReviewed):
        known.save_revision().publish()


def test_the_editor_is_led_to_the_review(client, coming, people):
    client.force_login(people.alder)
    edit = reverse("wagtailadmin_pages:edit", args=(coming.pk,))

    screen = client.get(edit).content.decode()

    begin = f"{reverse('annual_reviews:add')}?roadmap={RoadmapPage.objects.get(year=YEAR - 1).pk}"
    assert f'href="{begin}"' in screen
    assert YearNotReviewed(RoadmapPage.objects.get(year=YEAR - 1)).on_screen == (
        f"The roadmap of {YEAR - 1} comes first: every city has to sign its review before the "
        'next roadmap is published. <a class="w-text-current w-underline" '
        f'href="{begin}">To the review of {YEAR - 1}</a>'
    )


def test_the_button_names_it_with_the_way_there(client, coming, people):
    client.force_login(people.alder)
    edit = reverse("wagtailadmin_pages:edit", args=(coming.pk,))
    texts = dict.fromkeys(in_every_language(title="", lead="", local_slug=""), "Words")
    rows = {
        "changes": inline_formset([]),
        "year": YEAR,
        "slug": "words",
        "comments": inline_formset([]),
    }

    answer = client.post(edit, nested_form_data({**texts, **rows, "action-publish": "1"}))

    html = answer.content.decode()
    assert f"{SAID}: every city has to sign its review" in html
    assert f'">To the review of {YEAR - 1}</a></li>' in html
    assert not RoadmapPage.objects.get(pk=coming.pk).live


def test_publishing_many_at_once_names_it_with_the_way_there(client, coming, people):
    client.force_login(people.alder)
    address = reverse("wagtail_bulk_action", args=("pages", "basepage", "publish"))

    answer = client.post(f"{address}?id={coming.pk}&next=/admin/pages/", follow=True)

    (said,) = [str(message) for message in answer.context["messages"]]
    assert SAID in said
    assert f">To the review of {YEAR - 1}</a>" in said
    assert "&gt;To the review" not in answer.content.decode()
    assert not RoadmapPage.objects.get(pk=coming.pk).live


def test_the_clock_publishes_nothing_before_and_tells_the_author(coming, people, tick, mailoutbox):
    coming.go_live_at = timezone.now() - timedelta(minutes=1)
    coming.save_revision(user=people.alder, approved_go_live_at=coming.go_live_at)

    tick()

    assert not RoadmapPage.objects.get(pk=coming.pk).live
    (told,) = mailoutbox
    assert OutgoingMail.objects.get(kind="publication_refused").to == told.to[0]
    assert SAID in told.body
