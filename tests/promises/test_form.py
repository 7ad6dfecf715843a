"""What an editor of one city saves at once, what waits for the other, and what is no way round."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from consultations.roadmap.models import Commitment, EvidenceLink, RoadmapPage
from consultations.roadmap.promises.models import PromiseChange
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import ask_for_changes
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.delivery import filled
from tests.factories.promises import YEAR, ask, change
from tests.factories.roadmap import cite, in_every_language, make_commitment, make_roadmap
from tests.tools import drawing

pytestmark = pytest.mark.django_db

WHY = {"reason_en": "The quay wall comes first.", "reason_es": "Primero va el muro."}
NOT_MEASURED = in_every_language(not_measured="A ramp is there or it is not.")
MOVED = {"due_on": f"{YEAR}-09-01"}
#: Each of these changes what is promised.
CHANGES: dict[str, dict[str, Any]] = {
    "day": MOVED,
    "money": {"planned": "900"},
    "currency": {"currency": "USD"},
    "lead": {"led_by": "both"},
    "stopped": {"status": "cancelled", "finished_on": f"{YEAR}-01-01"},
    "suspended": {"status": "suspended"},
    "carried over": {"status": "continued"},
    "title": {"title_en": "Half a ramp"},
    "description": {"description_en": "Half.", "description_es": "Media."},
}


@pytest.fixture
def send(client, promise, people, cities):
    """Return a function that saves the form of the promise as an editor of Alder Bay.

    Its answer is not drawn.
    """
    client.force_login(people.alder)

    def sent(thing: Commitment = promise, **fields: Any) -> Any:
        if fields.get("led_by") == "both":
            fields["led_by"] = [city.pk for city in cities]
        address = reverse("commitments:edit", args=(thing.pk,))
        fresh = Commitment.objects.get(pk=thing.pk)
        with drawing.left_out():
            return client.post(address, filled(fresh, **fields))

    return sent


def shape(promise: Commitment) -> dict[str, Any]:
    """All that is stored of a promise but what it remembers of its wording."""
    row = Commitment.objects.filter(pk=promise.pk).values().get()
    row.pop("wording")
    leads = sorted(Commitment.objects.get(pk=promise.pk).led_by.values_list("code", flat=True))
    return {**row, "leads": leads}


# Progress -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "in_progress"},
        {"status": "completed", "finished_on": f"{YEAR}-01-01", **NOT_MEASURED},
        {"spent": "12.50"},
        {"theme_en": "Harbour", "theme_es": "Puerto"},
        {"title_en": "A ramp!", "is_small_change": "on"},
    ],
)
def test_progress_and_corrections_are_saved_at_once(send, promise, fields):
    before = shape(promise)

    response = send(**fields)

    assert response.url == reverse("commitments:index")
    assert shape(promise) != before
    assert not PromiseChange.objects.exists()


def test_evidence_is_added_at_once(send, promise):
    statement = StatementFactory(consultation=make_consultation())
    row = {"id": "", "ORDER": 0, "disposition": "adopted", "statement": statement.pk}

    send(
        **{
            "evidence-TOTAL_FORMS": 1,
            **{f"evidence-0-{name}": value for name, value in row.items()},
        }
    )

    assert promise.evidence.model.objects.get().statement == statement


# Another promise ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHANGES)
def test_another_promise_says_why_and_waits_for_the_other_city(send, promise, cities, name):
    before = shape(promise)

    errors = send(**CHANGES[name]).context["form"].errors

    assert set(errors) == {"reason_en", "reason_es"}
    assert errors["reason_en"][0].startswith("This changes what is promised: ")
    assert shape(promise) == before
    assert not PromiseChange.objects.exists()

    response = send(**CHANGES[name], **WHY, spent="7")

    request = ApprovalRequest.objects.get()
    assert response.url == reverse("approval", args=(request.pk,))
    assert request.missing == [cities[1]]
    assert shape(promise) == {**before, "spent": Decimal(7)}


def test_the_error_says_what_would_be_another_promise(send):
    errors = send(**MOVED, status="suspended").context["form"].errors

    expected = "This changes what is promised: Status, Due on. Say why."
    assert errors["reason_en"] == [expected]


@pytest.mark.parametrize("status", ["completed", "cancelled", "suspended", "continued"])
def test_what_is_over_is_begun_again_by_all_cities(send, promise, status):
    Commitment.objects.update(status=status, finished_on=date(YEAR, 1, 10))

    assert set(send(status="in_progress", finished_on="").context["form"].errors) == {
        "reason_en",
        "reason_es",
    }
    assert send(status="in_progress", finished_on="", **WHY).status_code == 302
    assert Commitment.objects.get().status == status


def test_a_small_change_does_not_cover_the_day(send):
    errors = send(**MOVED, title_en="A ramp!", is_small_change="on").context["form"].errors

    assert errors["reason_en"] == ["This changes what is promised: Due on. Say why."]


def test_a_promise_becomes_no_proposal_again(send, promise):
    errors = send(status="proposed", **WHY).context["form"].errors

    assert set(errors) == {"status"}


def test_the_day_promised_first_is_not_typed(send, promise):
    send(original_due_on=f"{YEAR}-01-01")

    assert Commitment.objects.get().original_due_on is None


def test_while_one_change_waits_no_other_is_asked_for_and_its_own_things_stay(
    send, promise, people
):
    ask(promise, by=people.alder, status="suspended", finished_on=None)

    for fields in ({**MOVED, **WHY}, {"status": "in_progress"}):
        (message,) = send(**fields).context["form"].non_field_errors()
        assert message.startswith("A change of this promise waits for signatures.")
    assert send(spent="3").status_code == 302
    assert PromiseChange.objects.count() == 1


def test_whoever_holds_no_key_is_refused_in_words(send, client, promise, people):
    before = shape(promise)
    client.force_login(people.admin)

    response = send(**MOVED, **WHY, spent="5")

    assert "Only an editor who works for the city" in response.context["form"].errors["__all__"][0]
    assert shape(promise) == before


def test_both_cities_move_a_day_from_screen_to_screen(send, client, promise, people, cities):
    asked = send(**MOVED, **WHY)
    client.force_login(people.puerto)
    screen = client.get(asked.url).content.decode()
    request = ApprovalRequest.objects.get()
    vote = {"decision": "sign", "city": cities[1].code, "seen": request.digest}

    client.post(asked.url, vote)

    assert "The quay wall comes first." in screen
    assert "Primero va el muro." in screen
    now = Commitment.objects.get()
    assert (now.due_on, now.original_due_on) == (date(YEAR, 9, 1), date(YEAR, 5, 1))


# What is no promise yet ------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["draft", "proposed"])
def test_what_is_not_promised_yet_is_written_freely(send, promise, why):
    if why == "draft":
        RoadmapPage.objects.update(live=False)
    else:
        Commitment.objects.update(status="proposed")

    for fields in CHANGES.values():
        assert send(**fields).url == reverse("commitments:index")
        Commitment.objects.update(status="agreed" if why == "draft" else "proposed")

    assert not PromiseChange.objects.exists()


def test_what_was_public_once_stays_promised(send, promise):
    RoadmapPage.objects.update(live=False, first_published_at="2026-01-01T00:00Z")

    assert "reason_en" in send(**MOVED).context["form"].errors


# The screen -----------------------------------------------------------------------------------


@pytest.mark.parametrize("waits", [False, True])
def test_the_screen_asks_why_or_says_for_whom_a_change_waits(client, promise, people, waits):
    request = ask(promise, by=people.alder, **MOVED) if waits else None
    client.force_login(people.puerto)

    html = client.get(reverse("commitments:edit", args=(promise.pk,))).content.decode()

    assert ('name="reason_es"' in html) is not waits
    assert html.count('name="reason_en"') == (not waits)
    assert ("A change of this promise waits for the signature of: Puerto" in html) is waits
    if request:
        assert reverse("approval", args=(request.pk,)) in html
        assert "Change of “1. A ramp”" in client.get("/admin/").content.decode()


def test_the_screen_tells_why_a_city_did_not_sign(client, promise, people, cities):
    request = ask(promise, by=people.alder, **MOVED)
    ask_for_changes(request, by=people.puerto, city=cities[1], comment="September is too late.")
    client.force_login(people.alder)

    html = client.get(reverse("commitments:edit", args=(promise.pk,))).content.decode()

    assert "September is too late." in html
    assert 'name="reason_en"' in html


def test_a_new_commitment_is_asked_no_reason(client, people, promise):
    client.force_login(people.alder)

    for address in ("add", "copy"):
        args = (promise.pk,) if address == "copy" else ()
        html = client.get(reverse(f"commitments:{address}", args=args)).content.decode()
        assert "reason_en" not in html


# Other doors ----------------------------------------------------------------------------------


def test_a_copy_is_another_commitment_and_never_written_over_the_first(client, promise, people):
    cite(promise, statement=StatementFactory(consultation=make_consultation()))
    before = shape(promise)
    client.force_login(people.alder)

    sent = filled(promise, status="cancelled", number="")
    answer = client.post(reverse("commitments:copy", args=(promise.pk,)), sent)
    added = client.post(reverse("commitments:add"), sent)

    assert (answer.status_code, added.status_code) == (404, 302)
    assert shape(promise) == before
    assert EvidenceLink.objects.filter(commitment=promise).count() == 1
    assert Commitment.objects.exclude(pk=promise.pk).get().number == 2


def test_a_promise_keeps_its_number_and_its_roadmap(send, promise):
    other = make_roadmap(YEAR + 1)

    send(number=9, roadmap=other.pk, spent="1")

    kept = Commitment.objects.get()
    assert (kept.number, kept.roadmap_id, kept.spent) == (1, promise.roadmap_id, 1)


@pytest.mark.parametrize("user", ["alder", "admin"])
def test_what_readers_have_seen_is_not_deleted(client, promise, people, user):
    client.force_login(getattr(people, user))
    address = reverse("commitments:delete", args=(promise.pk,))

    for method in (client.get, client.post, client.delete):
        response = method(address)
        assert response.status_code in {302, 405}

    (told, *_rest) = get_messages(client.get(address).wsgi_request)
    assert str(told).startswith("Readers have seen this promise: it cannot be deleted.")
    assert Commitment.objects.filter(pk=promise.pk).exists()


@pytest.mark.parametrize("state", ["draft", "proposed", "cited proposal"])
def test_what_is_not_promised_is_deleted_unless_a_proposal_goes_back_to_words(
    client, promise, people, state
):
    if state == "draft":
        RoadmapPage.objects.update(live=False)
    else:
        Commitment.objects.update(status="proposed")
    if state == "cited proposal":
        cite(promise, statement=StatementFactory(consultation=make_consultation()))
    client.force_login(people.alder)

    client.post(reverse("commitments:delete", args=(promise.pk,)))

    assert Commitment.objects.exists() is (state == "cited proposal")


@pytest.mark.parametrize("page", ["roadmap", "index", "many"])
def test_a_roadmap_whose_promises_readers_have_seen_is_not_deleted(
    client, unwritten, promise, people, page
):
    roadmap = promise.roadmap
    client.force_login(people.admin)
    address = reverse(
        "wagtailadmin_pages:delete",
        args=((roadmap.get_parent() if page == "index" else roadmap).pk,),
    )
    if page == "many":
        many = reverse("wagtail_bulk_action", args=("pages", "basepage", "delete"))
        address = f"{many}?id={roadmap.pk}"

    response = client.post(address)

    (told,) = get_messages(response.wsgi_request)
    assert str(told).startswith("Readers have seen promises here: it cannot be deleted.")
    assert Commitment.objects.filter(pk=promise.pk).exists()


def test_a_roadmap_that_nobody_has_seen_is_deleted(client, promise, people):
    RoadmapPage.objects.update(live=False)
    client.force_login(people.admin)

    client.post(reverse("wagtailadmin_pages:delete", args=(promise.roadmap_id,)))

    assert not RoadmapPage.objects.exists()


def test_a_proposal_of_another_roadmap_is_moved(send, promise):
    later = make_commitment(make_roadmap(YEAR + 1, live=False), status="proposed")

    send(later, roadmap=promise.roadmap_id, number="")

    assert Commitment.objects.get(pk=later.pk).roadmap_id == promise.roadmap_id


def test_no_bulk_action_reaches_commitments(client, promise, people):
    client.force_login(people.admin)

    address = f"/admin/bulk/roadmap/commitment/delete/?id={promise.pk}"

    assert client.post(address).status_code == 404
    assert Commitment.objects.exists()


def test_what_was_changed_holds_its_commitment(promise, cities):
    change(promise, *cities, **MOVED)

    with pytest.raises(Exception, match="protected"):
        promise.delete()
