"""No way of publishing lets half a page out, unless a named editor signs that the rest follows."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from events.enums import EventStatus
from events.models import CharrettePage
from home.models import StandardPage
from partnership.cities.enums import Gate
from partnership.cities.models import City
from partnership.outbox.models import OutgoingMail
from partnership.pages.models import BasePage, LanguageException
from partnership.pages.wording import gate
from partnership.pages.wording.gate import NotInEveryLanguage
from tests.factories.events import make_event
from tests.factories.pages import add_page

pytestmark = pytest.mark.django_db

MISSING = "Title (Español): missing"


@pytest.fixture
def alder_editor(client, editor):
    person = editor("alder")
    client.force_login(person)
    return person


@pytest.fixture
def half(site_tree, cities, alder_editor):
    """A draft whose Spanish title is missing."""
    page = add_page(
        site_tree, StandardPage, title_en="About us", title_es="", live=False, cities=[cities[0]]
    )
    page.save_revision(user=alder_editor)
    return page


def form(cities=(), **fields):
    values = {
        "title_en": "About us",
        "title_es": "",
        "slug": "about-us",
        "local_slug_es": "quienes-somos",
        "body_en": streamfield([("heading", "Words")]),
        "body_es": streamfield([("heading", "Words")]),
        "comments": inline_formset([]),
    }
    return {"cities": list(cities), **nested_form_data({**values, **fields})}


def is_public(page: BasePage) -> bool:
    return BasePage.objects.get(pk=page.pk).live


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


# Every way of publishing ----------------------------------------------------------------------


def by_the_button(client, page, user):
    data = {**form(), "action-publish": "1"}
    return client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), data)


def by_a_version_of_before(client, page, user):
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    client.post(address, form(title_en="About you", title_es="Quiénes sois"))
    first = page.revisions.order_by("pk").first()
    revert = reverse("wagtailadmin_pages:revisions_revert", args=(page.pk, first.pk))
    client.get(revert)
    return client.post(revert, {**form(), "action-publish": "1"})


def in_bulk(client, page, user):
    address = reverse("wagtail_bulk_action", args=("pages", "basepage", "publish"))
    return client.post(f"{address}?id={page.pk}&next=/admin/", follow=True)


def with_the_pages_above(client, page, user):
    address = reverse("wagtail_bulk_action", args=("pages", "basepage", "publish"))
    parent = page.get_parent()
    return client.post(
        f"{address}?id={parent.pk}&next=/admin/", {"include_descendants": "on"}, follow=True
    )


def by_its_workflow(client, page, user):
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.set(user.groups.all())
    workflow = Workflow.objects.create(name="Reading")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(page, user)
    try:
        state.current_task_state.approve(user=user)
    except NotInEveryLanguage as refusal:
        return refusal
    return None


def by_the_clock(client, page, user):
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(user=user, approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")


def by_code(client, page, user):
    try:
        page.get_latest_revision().publish()
    except NotInEveryLanguage as refusal:
        return refusal
    return None


def by_saving_it_as_live(client, page, user):
    page = page.specific
    page.live = True
    try:
        page.save()
    except NotInEveryLanguage as refusal:
        return refusal
    return None


WAYS = (
    by_the_button,
    by_a_version_of_before,
    in_bulk,
    with_the_pages_above,
    by_its_workflow,
    by_the_clock,
    by_code,
    by_saving_it_as_live,
)


@pytest.mark.parametrize("publish", WAYS)
def test_no_way_of_publishing_lets_half_a_page_out(client, unwritten, half, alder_editor, publish):
    publish(client, half, alder_editor)

    assert not is_public(half)


@pytest.mark.parametrize("publish", WAYS)
def test_without_the_gate_every_way_would(client, half, alder_editor, publish, monkeypatch):
    monkeypatch.setattr(gate, "problems_in", lambda slots, memory: [])

    publish(client, half, alder_editor)

    assert is_public(half)


@pytest.mark.parametrize("publish", WAYS)
def test_a_signed_day_opens_every_way(client, unwritten, half, alder_editor, publish):
    LanguageException.objects.create(
        page_id=half.pk, language_code="es", due_on=tomorrow(), signed_by=alder_editor
    )

    publish(client, half, alder_editor)

    assert is_public(half)
    assert BasePage.objects.get(pk=half.pk).follows == {"es": tomorrow().isoformat()}


@pytest.mark.parametrize("publish", [by_the_button, in_bulk])
def test_the_refusal_names_what_is_missing(client, half, alder_editor, publish):
    page = publish(client, half, alder_editor).content.decode()

    assert "Write this in Spanish before publishing." in page or MISSING in page


def test_an_alias_of_half_a_page_is_never_live(half, site_tree):
    index = add_page(site_tree, StandardPage, title="Elsewhere")
    alias = half.create_alias(parent=index, update_slug="mirror").specific
    alias.live = True

    with pytest.raises(NotInEveryLanguage):
        alias.save()


def test_a_copy_starts_as_a_draft(client, site_tree, cities, alder_editor):
    page = add_page(site_tree, StandardPage, title="About us", cities=[cities[0]])
    address = reverse("wagtailadmin_pages:copy", args=(page.pk,))

    shown = client.get(address).content.decode()
    client.post(
        address,
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": site_tree.pk,
            "publish_copies": "on",
        },
    )

    copy = BasePage.objects.get(slug="copy")
    assert "publish_copies" not in shown
    assert not copy.live
    assert not page.copy(update_attrs={"slug": "another"}, keep_live=True).live


def test_the_clock_tells_the_author_in_their_language_and_goes_on(
    client, half, site_tree, cities, alder_editor
):
    alder_editor.language_code = "es"
    alder_editor.save()
    whole = add_page(site_tree, StandardPage, title="Whole", live=False, cities=[cities[0]])
    for page in (half, whole):
        page.go_live_at = timezone.now() - timedelta(minutes=1)
        page.save_revision(user=alder_editor, approved_go_live_at=page.go_live_at)

    call_command("publish_scheduled")
    call_command("publish_scheduled")

    letter = OutgoingMail.objects.get(kind="publication_refused")
    assert (letter.to, letter.language_code) == (alder_editor.email, "es")
    assert letter.subject == "«About us» no se ha publicado"
    assert "Título (Español): falta" in letter.text
    assert (is_public(half), is_public(whole)) == (False, True)
    assert not half.revisions.exclude(approved_go_live_at=None).exists()


def test_what_is_scheduled_must_be_ready_when_it_is_scheduled(client, unwritten, half):
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    data = {**form(go_live_at=later), "action-publish": "1"}

    client.post(reverse("wagtailadmin_pages:edit", args=(half.pk,)), data)

    assert not half.revisions.exclude(approved_go_live_at=None).exists()


# What the gate asks ---------------------------------------------------------------------------


def test_a_text_that_went_out_of_date_is_refused_too(client, site_tree, cities, alder_editor):
    page = add_page(
        site_tree, StandardPage, title_en="About us", title_es="Quiénes somos", cities=[cities[0]]
    )
    page.title_en = "About you"
    page.save_revision()

    with pytest.raises(NotInEveryLanguage, match=r"Title \(Español\): out of date"):
        page.get_latest_revision().publish()


def test_a_part_of_the_page_counts_like_the_page(site_tree, cities):
    event = make_event()
    event.programme.add(event.programme.model(starts_at=event.starts_at, title_en="Welcome"))

    with pytest.raises(NotInEveryLanguage, match=r"Programme item: Title \(Español\): missing"):
        event.save_revision().publish()


def test_an_optional_text_is_asked_for_as_soon_as_one_language_has_it(site_tree, cities):
    event = make_event()
    event.save_revision().publish()
    event.hosts_en = "Alder Bay Library"

    with pytest.raises(NotInEveryLanguage, match=r"Who makes it happen \(Español\): missing"):
        event.save_revision().publish()


def test_a_fact_never_waits_for_its_translation(site_tree, cities):
    event = make_event()
    event.event_status, event.status_reason_en = EventStatus.CANCELLED, "Storm."

    event.save_revision().publish()

    assert CharrettePage.objects.get(pk=event.pk).event_status == EventStatus.CANCELLED


def test_a_fact_of_a_page_whose_promise_has_passed_is_published_at_once(
    unwritten, cities, alder_editor
):
    event = make_event(live=False, title_en="Workshop", title_es="")
    promise = LanguageException.objects.create(
        page_id=event.pk, language_code="es", due_on=tomorrow(), signed_by=alder_editor
    )
    event.save_revision().publish()
    LanguageException.objects.filter(pk=promise.pk).update(due_on=tomorrow() - timedelta(days=2))
    event = CharrettePage.objects.get(pk=event.pk)
    event.event_status = EventStatus.POSTPONED

    event.save_revision().publish()

    event = CharrettePage.objects.get(pk=event.pk)
    assert event.event_status == EventStatus.POSTPONED
    assert event.language_note("es").is_late
    event.summary_en = "Something else."
    with pytest.raises(NotInEveryLanguage):
        event.save_revision().publish()


@pytest.mark.parametrize(
    ("gates", "of_cities", "is_published"),
    [
        ({"alder": Gate.WARN}, ["alder"], True),
        ({"alder": Gate.WARN}, [], False),
        ({"alder": Gate.WARN}, ["alder", "puerto"], False),
        ({"alder": Gate.WARN, "puerto": Gate.WARN}, [], True),
        ({"puerto": Gate.WARN}, ["alder"], False),
    ],
)
def test_a_city_may_only_be_warned_and_the_stricter_one_counts(
    client, unwritten, site_tree, cities, alder_editor, gates, of_cities, is_published
):
    for code, choice in gates.items():
        City.objects.filter(code=code).update(translation_gate=choice)
    own = [city for city in cities if city.code in of_cities]
    page = add_page(
        site_tree, StandardPage, title_en="About us", title_es="", live=False, cities=own
    )
    page.save_revision()
    data = form(cities=[city.pk for city in own])

    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        {**data, "action-publish": "1"},
        follow=True,
    )
    told = " ".join(str(message) for message in answer.context["messages"])

    assert is_public(page) is is_published
    assert ("not ready in every language yet" in told) is is_published


# The exception --------------------------------------------------------------------------------


def test_an_editor_signs_with_a_day_and_publishes(client, half, alder_editor):
    day = tomorrow().isoformat()
    data = {**form(follows_by_es=day), "action-publish": "1"}

    client.post(reverse("wagtailadmin_pages:edit", args=(half.pk,)), data)

    promise = LanguageException.objects.get()
    assert (promise.page_id, promise.language_code) == (half.pk, "es")
    assert (promise.due_on, promise.signed_by) == (tomorrow(), alder_editor)
    assert is_public(half)


def test_a_new_page_can_be_published_with_a_signature(client, site_tree, alder_editor):
    data = {**form(follows_by_es=tomorrow().isoformat()), "action-publish": "1"}

    client.post(
        reverse("wagtailadmin_pages:add", args=("home", "standardpage", site_tree.pk)), data
    )

    page = StandardPage.objects.get(slug="about-us")
    assert (page.live, page.follows) == (True, {"es": tomorrow().isoformat()})


def test_a_day_that_means_nothing_is_refused(client, unwritten, half):
    for days in (-1, 93):
        day = (timezone.localdate() + timedelta(days=days)).isoformat()
        data = {**form(follows_by_es=day), "action-publish": "1"}

        shown = client.post(reverse("wagtailadmin_pages:edit", args=(half.pk,)), data)

        refused = shown.context["form"].errors["follows_by_es"]
        assert refused == ["Choose a day from today on, at most 92 days ahead."], days
        assert not is_public(half)
        assert not LanguageException.objects.exists()


def test_a_promise_in_one_language_excuses_no_other(client, unwritten, half):
    data = {**form(follows_by_en=tomorrow().isoformat()), "action-publish": "1"}

    client.post(reverse("wagtailadmin_pages:edit", args=(half.pk,)), data)

    assert not is_public(half)


def test_the_note_goes_when_the_page_is_complete(client, unwritten, half):
    edit = reverse("wagtailadmin_pages:edit", args=(half.pk,))
    client.post(edit, {**form(follows_by_es=tomorrow().isoformat()), "action-publish": "1"})

    client.post(edit, {**form(title_es="Quiénes somos"), "action-publish": "1"})

    assert BasePage.objects.get(pk=half.pk).follows == {}


def test_a_page_without_any_title_is_not_published_whatever_is_signed(client, unwritten, half):
    day = tomorrow().isoformat()
    data = form(title_en="", follows_by_en=day, follows_by_es=day)

    client.post(
        reverse("wagtailadmin_pages:edit", args=(half.pk,)), {**data, "action-publish": "1"}
    )

    assert not is_public(half)
