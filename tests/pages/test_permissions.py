"""Whose page is it? Asked at every door of the admin."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.urls import pages as page_urls
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import (
    GroupApprovalTask,
    PageViewRestriction,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import StandardPage
from partnership.pages.groups import EDITORS
from partnership.pages.models import BasePage
from partnership.pages.viewsets import OnlyOwnPages
from partnership.review.services import ensure_review
from tests.factories.pages import add_page
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

#: Lists that belong to no page.
NO_PAGE = {"search", "search_results", "type_use", "type_use_results", "choose_parent"}
DOORS = sorted({pattern.name for pattern in page_urls.urlpatterns} - NO_PAGE)
#: No such method, no such thing.
SHUT = {404, 405}
#: Answered by a redirect to a door that is in the table itself.
LEADS_ON = {"revisions_index": {302}}
BULK = ("publish", "unpublish", "delete", "move")


def arguments(name, page, task_state, somewhere):
    """Return what the address of a door is made of, for that page."""
    pattern = next(entry for entry in page_urls.urlpatterns if entry.name == name)
    values = {
        "page_id": page.pk,
        "pk": page.pk,
        "page_to_move_id": page.pk,
        "parent_page_id": page.pk,
        "destination_id": somewhere.pk,
        "revision_id": page.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "content_type_app_name": "home",
        "content_type_model_name": "standardpage",
        "action_name": "approve",
        "task_state_id": task_state.pk,
        "task_id": task_state.task_id,
        "workflow_state_id": task_state.workflow_state_id,
    }
    return {key: values[key] for key in pattern.pattern.converters or ()} or {
        "pk": page.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
    }


@pytest.fixture
def under_review(pages):
    """Every page has a draft that editors, of any city, are asked to approve."""
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.set(Group.objects.filter(name=EDITORS))
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=pages.root)
    for page in (pages.alder, pages.puerto, pages.joint):
        page.save_revision()
        workflow.start(page, user=None)
        page.refresh_from_db()
    return pages


def is_refused(response):
    """Wagtail answers a refusal by leading back to its front page, or by 403."""
    home = reverse("wagtailadmin_home")
    return response.status_code == 403 or (response.status_code == 302 and response.url == home)


def knock(client, method, door, page, somewhere):
    """Ask for the door of that page as whoever is signed in."""
    task_state = page.current_workflow_task_state
    kwargs = arguments(door, page, task_state, somewhere)
    return getattr(client, method)(reverse(f"wagtailadmin_pages:{door}", kwargs=kwargs))


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_door_of_another_citys_page_is_closed(
    client, unwritten, editor, under_review, method
):
    page = under_review.puerto
    client.force_login(editor("alder"))
    before = BasePage.objects.values().get(pk=page.pk)

    answers = {door: knock(client, method, door, page, under_review.root) for door in DOORS}

    ways_in = {
        door: answer.status_code
        for door, answer in answers.items()
        if not is_refused(answer) and answer.status_code not in SHUT | LEADS_ON.get(door, set())
    }
    assert ways_in == {}
    assert BasePage.objects.values().get(pk=page.pk) == before
    assert page.current_workflow_task_state.status == "in_progress"


@pytest.mark.parametrize("whose", ["alder", "joint"])
def test_the_doors_of_ones_own_and_of_joint_pages_are_open(
    client, unwritten, editor, under_review, whose
):
    client.force_login(editor("alder"))
    page = getattr(under_review, whose)

    answers = {door: knock(client, "get", door, page, under_review.root) for door in DOORS}

    closed = {door for door, answer in answers.items() if is_refused(answer)}
    assert closed == set()


@pytest.mark.parametrize("action", BULK)
def test_bulk_actions_leave_other_cities_pages_alone(client, unwritten, editor, pages, action):
    client.force_login(editor("alder"))
    target = add_page(pages.root, StandardPage, title="Target")
    chosen = f"id={pages.puerto.pk}&id={pages.joint.pk}"
    address = reverse("wagtail_bulk_action", args=("pages", "basepage", action))
    pages.puerto.save_revision()
    if action == "publish":
        BasePage.objects.filter(pk=pages.puerto.pk).update(live=False)
    before = BasePage.objects.values("live", "path").get(pk=pages.puerto.pk)

    client.post(f"{address}?{chosen}", {"chooser": target.pk, "move_applicable": "on"})

    assert BasePage.objects.values("live", "path").get(pk=pages.puerto.pk) == before


def test_an_editor_cannot_approve_another_page_by_the_number_of_its_task(
    client, editor, under_review
):
    client.force_login(editor("alder"))
    other = under_review.puerto.current_workflow_task_state
    kwargs = {"page_id": under_review.alder.pk, "action_name": "approve", "task_state_id": other.pk}

    response = client.post(reverse("wagtailadmin_pages:workflow_action", kwargs=kwargs))

    assert is_refused(response)
    other.refresh_from_db()
    assert other.status == other.STATUS_IN_PROGRESS


def test_pages_are_not_moved_or_copied_under_another_citys_page(editor, pages):
    alder_editor = editor("alder")
    permissions = pages.joint.permissions_for_user(alder_editor)

    assert permissions.can_move_to(pages.alder)
    assert not permissions.can_move_to(pages.puerto)
    assert permissions.can_copy_to(pages.alder)
    assert not permissions.can_copy_to(pages.puerto)


@pytest.mark.parametrize(
    "may",
    [
        *("can_add_subpage", "can_edit", "can_publish", "can_unpublish"),
        *("can_publish_subpage", "can_reorder_children"),
    ],
)
def test_what_is_done_to_a_page_is_done_by_editors_of_its_city(editor, pages, may):
    answers = [
        getattr(pages.alder.permissions_for_user(editor(code)), may)()
        for code in ("alder", "puerto")
    ]

    assert answers == [True, False]


def test_a_page_is_sent_to_review_by_editors_of_its_city(editor, pages):
    ensure_review(pages.alder)

    answers = [
        pages.alder.permissions_for_user(editor(code)).can_submit_for_moderation()
        for code in ("alder", "puerto")
    ]

    assert answers == [True, False]


def test_a_branch_of_joint_pages_and_of_ones_own_is_copied(editor, pages, cities):
    add_page(pages.joint, StandardPage, title="Below", cities=[cities[0]])
    add_page(pages.joint, StandardPage, title="Of every city")
    joint = BasePage.objects.get(pk=pages.joint.pk).specific

    assert joint.permissions_for_user(editor("alder")).can_copy()


def test_a_branch_with_another_citys_page_is_not_deleted_moved_or_copied(editor, pages, cities):
    add_page(pages.joint, StandardPage, title="Below", cities=[cities[1]])
    joint = BasePage.objects.get(pk=pages.joint.pk).specific

    permissions = joint.permissions_for_user(editor("alder"))

    assert permissions.can_edit()
    assert not permissions.can_delete(ignore_bulk=True)
    assert not permissions.can_move()
    assert not permissions.can_copy()


@pytest.fixture
def shared_branch(pages, cities):
    """A joint page that holds one of Puerto's."""
    add_page(pages.joint, StandardPage, title="Below", cities=[cities[1]])
    return BasePage.objects.get(pk=pages.joint.pk).specific


@pytest.mark.parametrize("door", ["set_privacy", "unpublish", "delete", "move", "copy"])
def test_a_branch_with_another_citys_page_is_not_closed_or_taken_down(
    client, editor, shared_branch, door
):
    client.force_login(editor("alder"))
    before = BasePage.objects.values("live", "path").get(pk=shared_branch.pk)
    address = reverse(f"wagtailadmin_pages:{door}", args=(shared_branch.pk,))

    response = client.post(address, {"restriction_type": "login", "include_descendants": "on"})

    assert is_refused(response)
    assert not PageViewRestriction.objects.exists()
    assert BasePage.objects.values("live", "path").get(pk=shared_branch.pk) == before


def test_editors_of_every_city_in_it_close_a_branch(client, editor, shared_branch):
    client.force_login(editor("alder", "puerto"))
    address = reverse("wagtailadmin_pages:set_privacy", args=(shared_branch.pk,))

    client.post(address, {"restriction_type": "login"})

    assert PageViewRestriction.objects.get().page_id == shared_branch.pk


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_bulk_actions_leave_a_branch_with_another_citys_page_alone(
    client, editor, pages, shared_branch, action
):
    client.force_login(editor("alder"))
    address = reverse("wagtail_bulk_action", args=("pages", "basepage", action))
    before = BasePage.objects.values("live", "path").get(pk=shared_branch.pk)

    client.post(
        f"{address}?id={shared_branch.pk}",
        {"chooser": pages.alder.pk, "move_applicable": "on", "include_descendants": "on"},
    )

    assert BasePage.objects.values("live", "path").get(pk=shared_branch.pk) == before


def test_what_counts_is_the_published_city_and_not_a_draft(editor, pages, cities):
    draft = pages.alder
    draft.cities = [cities[1]]
    draft.save_revision()

    latest = BasePage.objects.get(pk=pages.alder.pk).get_latest_revision_as_object()

    assert latest.permissions_for_user(editor("alder")).can_edit()
    assert not latest.permissions_for_user(editor("puerto")).can_edit()


@pytest.mark.parametrize(
    ("codes", "may_edit"), [((), [False, False, True]), (("alder", "puerto"), [True, True, True])]
)
def test_an_editor_may_work_for_no_city_or_for_both(editor, pages, codes, may_edit):
    person = editor(*codes)

    answers = [
        page.permissions_for_user(person).can_edit()
        for page in (pages.alder, pages.puerto, pages.joint)
    ]

    assert answers == may_edit


def test_residents_and_visitors_may_do_nothing(pages):
    permissions = pages.joint.permissions_for_user(ResidentFactory())

    assert not permissions.can_edit()
    assert not permissions.can_publish()
    assert not permissions.can_delete()


def test_a_superuser_edits_every_page(pages):
    person = ResidentFactory(is_staff=True, is_superuser=True)

    assert pages.puerto.permissions_for_user(person).can_delete()


def test_every_page_type_asks_for_the_city_in_its_review(db):
    viewsets = set(page_viewset_registry.values_by_class.values())

    careless = [
        type(viewset).__name__
        for viewset in viewsets
        for view in (
            viewset.workflow_action_view_class,
            viewset.collect_workflow_action_data_view_class,
            viewset.confirm_workflow_cancellation_view_class,
            viewset.workflow_preview_view_class,
        )
        if not issubclass(view, OnlyOwnPages)
    ]

    assert careless == []


def test_the_explorer_asks_once_for_all_rows(
    client, editor, pages, cities, django_assert_max_num_queries
):
    rows = 20
    for number in range(rows):
        add_page(pages.joint, StandardPage, title=f"Row {number}", cities=[cities[number % 2]])
    client.force_login(editor("alder"))
    address = reverse("wagtailadmin_explore", args=(pages.joint.pk,))
    client.get(address)  # content types and sites are remembered

    with django_assert_max_num_queries(EXPLORER_QUERIES):
        response = client.get(address)

    assert response.content.decode().count("Row ") >= rows
    assert "Alder Bay" in response.content.decode()


EXPLORER_QUERIES = 45
