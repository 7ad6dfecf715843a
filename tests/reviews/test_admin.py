"""Editors begin the review of their cities' years, judge every promise, and ask for signatures."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.reviews.models import AnnualReview, CommitmentReview
from consultations.reviews.services import ask_to_sign, begin_review
from consultations.reviews.signing import TEXTS
from consultations.reviews.viewsets import state_in_words
from partnership.ledger.models import ApprovalRequest
from partnership.refusals import linked
from tests.factories.promises import YEAR
from tests.factories.reviews import make_draft, make_review
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db


def edit(review):
    return reverse("annual_reviews:edit", args=(review.pk,))


def form(review, verdict="", carried_into="", **fields):
    """The form as the screen shows it, with the same verdict and words for every promise."""
    words = in_every_language(**dict.fromkeys(TEXTS, "Words"))
    rows = [
        {
            "id": row.pk,
            "verdict": verdict,
            "carried_into": carried_into,
            **in_every_language(why="As planned."),
        }
        for row in review.judgements.all()
    ]
    judgements = inline_formset(rows, initial=len(rows))
    return nested_form_data({**words, "judgements": judgements, **fields})


def test_a_year_is_begun_judged_and_sent_to_be_signed(client, promise, people):
    client.force_login(people.alder)

    begun = client.post(reverse("annual_reviews:add"), {"roadmap": promise.roadmap_id})
    review = AnnualReview.objects.get()
    shown = client.get(begun.url).content.decode()
    asked = client.post(edit(review), form(review, "partly_kept", ask="on"))

    request = ApprovalRequest.objects.get()
    assert begun.url == edit(review)
    assert "Its state suggests: Not kept" in shown
    assert '<option value="" selected>Not judged yet</option>' in shown
    assert asked.url == reverse("approval", args=(request.pk,))
    assert CommitmentReview.objects.get().verdict == "partly_kept"
    assert [city.code for city in request.missing] == ["puerto"]


def test_a_draft_may_be_half_judged_and_asking_names_what_is_not(client, promise, people):
    review = begin_review(promise.roadmap)
    make_commitment(promise.roadmap, title="A late promise")
    client.force_login(people.alder)

    refused = client.post(edit(review), form(review, ask="on"))
    kept = client.post(edit(review), form(review))

    said = refused.context["form"].non_field_errors()
    assert list(said) == [
        linked("Not judged yet: 1. A ramp", "#item-1", "Judge it"),
        "Not judged yet: 2. A late promise",
        "Save without asking first: then all promises are listed.",
    ]
    assert f"<li>{said[0]}</li>" in refused.content.decode()
    assert (kept.status_code, kept.url) == (302, edit(review))
    assert CommitmentReview.objects.filter(verdict="").count() == 2
    assert not ApprovalRequest.objects.exists()


def test_a_promise_goes_on_in_a_later_roadmap_only(client, promise, people):
    review = begin_review(promise.roadmap)
    goal = make_commitment(make_roadmap(YEAR), title="Again")
    client.force_login(people.alder)

    back = client.post(edit(review), form(review, "carried_over", promise.pk))
    kept = client.post(edit(review), form(review, "kept", goal.pk))
    on = client.post(edit(review), form(review, "carried_over", goal.pk))

    assert "Choose a commitment of a later roadmap." in back.content.decode()
    assert "Only what is carried over goes on" in kept.content.decode()
    assert on.status_code == 302
    assert CommitmentReview.objects.get().carried_into == goal


def test_an_edit_ends_what_the_cities_are_asked(client, unwritten, promise, people):
    review = make_draft(promise.roadmap)
    request = ask_to_sign(review, by=people.alder)
    client.force_login(people.alder)

    client.post(edit(review), form(review, "not_kept"))

    assert not ApprovalRequest.objects.get(pk=request.pk).is_open


def test_what_every_city_has_signed_is_shown_and_neither_changed_nor_deleted(
    client, promise, people
):
    review = make_review(promise.roadmap)
    client.force_login(people.alder)

    shown = client.get(edit(review)).content.decode()
    answer = client.post(edit(review), form(review, "not_kept"))
    client.post(reverse("annual_reviews:delete", args=(review.pk,)))

    assert "it never changes again" in shown
    assert answer.status_code == 422
    assert CommitmentReview.objects.get().verdict == "kept"


def test_a_form_that_was_open_when_the_last_city_signed_changes_nothing(promise, people):
    from consultations.reviews.panels import PANELS
    from consultations.reviews.viewsets import ObjectList, ReviewForm

    review = make_review(promise.roadmap)
    handler = ObjectList(PANELS, base_form_class=ReviewForm).bind_to_model(AnnualReview)

    late = handler.get_form_class()(form(review, "not_kept"), instance=review)

    assert not late.is_valid()
    assert "it never changes again" in str(late.non_field_errors())


def test_a_draft_is_given_up_unless_a_city_looks_at_it(client, promise, people):
    review = make_draft(promise.roadmap)
    ask_to_sign(review, by=people.alder)
    client.force_login(people.alder)
    delete = reverse("annual_reviews:delete", args=(review.pk,))

    client.post(delete)

    assert AnnualReview.objects.exists()
    client.post(edit(review), form(review, "not_kept"))
    client.post(delete)
    assert not AnnualReview.objects.exists()


def test_another_citys_review_does_not_exist(client, cities, people):
    theirs = make_roadmap(YEAR - 1, cities=[cities[0]])
    review = begin_review(theirs)
    client.force_login(people.puerto)

    assert client.get(edit(review)).status_code == 404
    assert client.post(edit(review), form(review)).status_code == 404
    assert client.post(reverse("annual_reviews:delete", args=(review.pk,))).status_code == 404
    assert str(review) not in client.get(reverse("annual_reviews:index")).content.decode()
    review.delete()
    begun = client.post(reverse("annual_reviews:add"), {"roadmap": theirs.pk})
    assert begun.status_code == 200
    assert not AnnualReview.objects.exists()


def test_who_has_no_permission_writes_nothing(client, promise, people):
    people.alder.groups.clear()
    client.force_login(people.alder)

    client.post(reverse("annual_reviews:add"), {"roadmap": promise.roadmap_id})

    assert not AnnualReview.objects.exists()


def test_whoever_begins_second_is_told_that_it_is_begun(client, promise, people):
    begin_review(promise.roadmap)
    client.force_login(people.alder)

    late = client.post(reverse("annual_reviews:add"), {"roadmap": promise.roadmap_id})

    told = ["The review of this roadmap is begun already."]
    assert late.context["form"].errors["roadmap"] == told


def test_the_list_says_where_each_review_stands_at_the_same_cost(
    client, promise, people, django_assert_num_queries
):
    make_draft(make_roadmap(YEAR - 3))
    make_review(promise.roadmap)
    client.force_login(people.both)
    address = reverse("annual_reviews:index")
    client.get(address)
    with django_assert_num_queries(13):
        client.get(address)
    ask_to_sign(make_draft(make_roadmap(YEAR - 2)), by=people.alder)

    with django_assert_num_queries(13):
        page = client.get(address)

    rows = [state_in_words(review) for review in page.context["object_list"]]
    assert rows == ["Signed", "Waits for signatures", "Draft"]
    assert "Waits for signatures" in page.content.decode()
