"""Editors write the next version of their cities' protocols, and ask for the signatures."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.archive.groups import ensure_groups as ensure_archivists
from home.protocols.models import ProtocolPage, ProtocolVersion
from home.protocols.services import ask_to_sign
from partnership.ledger.models import ApprovalRequest
from partnership.pages import keeping
from partnership.pages.languages import CODES, localized
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import CityFactory
from tests.factories.events import in_every_language
from tests.factories.promises import sign
from tests.factories.protocols import make_draft, make_protocol, make_version

pytestmark = pytest.mark.django_db


def edit(version):
    return reverse("protocol_versions:edit", args=(version.pk,))


def row(step, **words):
    texts = {
        localized(name, code): getattr(step, localized(name, code)) or ""
        for name in ("what", "who", "when")
        for code in CODES
    }
    return {"id": step.pk, **texts, **words}


def form(*rows, **fields):
    stored = len([each for each in rows if "id" in each])
    return nested_form_data(
        {"valid_from": "", "steps": inline_formset(list(rows), initial=stored), **fields}
    )


def new_row(text):
    words = {**in_every_language("what", text), **in_every_language("who", "Ana")}
    return {**words, **in_every_language("when", "")}


def test_a_version_is_begun_written_and_sent_to_be_signed(client, protocol, people):
    client.force_login(people.alder)

    begun = client.post(reverse("protocol_versions:add"), {"protocol": protocol.pk})
    draft = ProtocolVersion.objects.get()
    asked = client.post(edit(draft), form(new_row("Write a letter"), ask="on"))

    request = ApprovalRequest.objects.get()
    assert begun.url == edit(draft)
    assert asked.url == reverse("approval", args=(request.pk,))
    assert [city.code for city in request.missing] == ["puerto"]
    assert draft.steps.get().what == "Write a letter"


def test_a_draft_may_be_half_written_and_nobody_is_asked(client, unwritten, protocol, people):
    draft = make_draft(protocol)
    client.force_login(people.alder)

    half = row(draft.steps.get(), **{localized("what", CODES[1]): ""})

    assert client.post(edit(draft), form(half)).status_code == 302
    assert not ApprovalRequest.objects.exists()
    refused = client.post(edit(draft), form(half, ask="on"))
    assert refused.status_code == 200
    assert not ApprovalRequest.objects.exists()


def test_what_a_kind_must_say_is_said_on_the_form(client, unwritten, site_tree, people):
    protocol = make_protocol("Pumps", kind="mutual_aid")
    draft = make_draft(protocol)
    client.force_login(people.alder)
    more = {
        name: ""
        for each in ("who_may_ask", "what_is_offered", "cost_rule")
        for name in in_every_language(each, "")
    }

    answer = client.post(
        edit(draft),
        form(row(draft.steps.get()), ask="on", legal_bases=inline_formset([]), **more),
    )

    (said,) = answer.context["form"].non_field_errors()
    assert "The legal basis of Puerto Almendro is missing." in said
    assert "Not written yet: Who pays" in said


def test_an_edit_ends_what_the_cities_are_asked(client, protocol, people):
    draft = make_draft(protocol)
    request = ask_to_sign(draft, by=people.alder)
    client.force_login(people.alder)

    client.post(edit(draft), form(row(draft.steps.get(), **in_every_language("what", "Call"))))

    assert not ApprovalRequest.objects.get(pk=request.pk).is_open


def test_what_every_city_has_signed_is_shown_and_not_changed(client, protocol, people):
    version = make_version(protocol)
    client.force_login(people.alder)

    shown = client.get(edit(version)).content.decode()
    answer = client.post(
        edit(version), form(row(version.steps.get(), **in_every_language("what", "Other")))
    )

    assert "never changes" in shown
    assert "ask_again" not in shown
    assert answer.status_code == 422
    assert version.steps.get().what == "Write a letter"


def test_a_form_that_was_open_when_the_last_city_signed_changes_nothing(protocol, people, cities):
    from home.protocols.panels import EXCHANGE_PANELS
    from home.protocols.viewsets import ObjectList, VersionForm

    version = make_version(protocol)
    handler = ObjectList(EXCHANGE_PANELS, base_form_class=VersionForm)
    form_class = handler.bind_to_model(ProtocolVersion).get_form_class()
    sent = form(row(version.steps.get()))

    late = form_class(sent, instance=version, for_user=people.alder)

    assert not late.is_valid()
    assert "write the next one" in str(late.non_field_errors())


def test_a_city_that_joined_is_asked_from_there(client, protocol, people):
    version = make_version(protocol)
    CityFactory(code="third", name="Third")
    client.force_login(people.alder)

    shown = client.get(edit(version)).content.decode()
    answer = client.post(edit(version), {"ask_again": "yes"})

    request = ApprovalRequest.objects.first()
    assert "Not signed by: Third." in shown
    assert answer.url == reverse("approval", args=(request.pk,))
    assert request.is_open
    again = client.post(edit(version), {"ask_again": "yes"})
    assert again.status_code == 422


def test_another_citys_version_does_not_exist(client, site_tree, cities, people):
    version = make_draft(make_protocol(cities=[cities[0]]))
    client.force_login(people.puerto)

    assert client.get(edit(version)).status_code == 404
    assert client.post(edit(version), form(row(version.steps.get()))).status_code == 404
    deleted = client.post(reverse("protocol_versions:delete", args=(version.pk,)))
    assert deleted.status_code == 404
    listed = client.get(reverse("protocol_versions:index")).content.decode()
    assert "Class exchanges" not in listed
    version.steps.all().delete()
    version.delete()
    begun = client.post(
        reverse("protocol_versions:add"), {"protocol": ProtocolPage.objects.get().pk}
    )
    assert begun.status_code == 200
    assert not ProtocolVersion.objects.exists()


def test_who_has_no_permission_writes_nothing(client, protocol, people):
    people.alder.groups.clear()
    client.force_login(people.alder)

    answer = client.post(reverse("protocol_versions:add"), {"protocol": protocol.pk})

    assert answer.status_code in {302, 403}
    assert not ProtocolVersion.objects.exists()


def test_a_draft_is_given_up_unless_a_city_looks_at_it(client, protocol, people, cities):
    draft = make_draft(protocol)
    request = ask_to_sign(draft, by=people.alder)
    client.force_login(people.alder)
    delete = reverse("protocol_versions:delete", args=(draft.pk,))

    client.post(delete)
    assert ProtocolVersion.objects.exists()

    sign(request, by=people.puerto, city=cities[1])
    client.post(delete)
    assert ProtocolVersion.objects.get().is_signed

    other = make_draft(protocol)
    client.post(reverse("protocol_versions:delete", args=(other.pk,)))
    assert list(ProtocolVersion.objects.values_list("number", flat=True)) == [1]


def test_a_protocol_with_versions_is_kept(protocol):
    assert keeping.why_kept(protocol) == ""

    make_draft(protocol)

    assert "This protocol has versions" in keeping.why_kept(protocol)


def test_the_screen_of_a_protocol_leads_to_its_versions(client, protocol, people):
    version = make_version(protocol)
    client.force_login(people.alder)

    screen = client.get(reverse("wagtailadmin_pages:edit", args=(protocol.pk,))).content.decode()

    assert f'href="{edit(version)}"' in screen
    assert f"{reverse('protocol_versions:add')}?protocol={protocol.pk}" in screen


def test_what_was_signed_stays_of_its_kind(protocol, people):
    form_class = protocol.get_edit_handler().get_form_class()
    assert not form_class(instance=protocol, for_user=people.alder).fields["kind"].disabled

    make_version(protocol)

    assert form_class(instance=protocol, for_user=people.alder).fields["kind"].disabled


# Lessons -----------------------------------------------------------------------------------


def send_lesson(client, lesson, **fields):
    texts = {**in_every_language("text", "Larger"), **in_every_language("taken_up_in", "")}
    given = {"id": lesson.pk, **texts, "taken_up_on": "", "taken_up_url": "", **fields}
    debrief = lesson.debrief
    values = {
        "held_on": str(debrief.held_on),
        "is_published": "on",
        "lessons": inline_formset([given], initial=1),
        **in_every_language("went_well", "Well"),
        **in_every_language("to_change", "Well"),
    }
    return client.post(reverse("debriefs:edit", args=(debrief.pk,)), nested_form_data(values))


def test_a_lesson_names_the_version_it_was_taken_up_in(client, protocol, people):
    ensure_archivists()
    version, lesson = make_version(protocol), add_lesson(make_debrief())
    client.force_login(people.alder)
    taken_up = {"state": "adopted", "taken_up_on": str(timezone.localdate())}

    answer = send_lesson(client, lesson, **taken_up, taken_up_version=version.pk)

    lesson.refresh_from_db()
    assert answer.status_code == 302
    assert lesson.taken_up_version == version


def test_a_lesson_names_no_draft_and_none_before_it_is_taken_up(client, protocol, people):
    ensure_archivists()
    version, lesson = make_version(protocol), add_lesson(make_debrief())
    draft = make_draft(protocol)
    client.force_login(people.alder)

    early = send_lesson(client, lesson, state="accepted", taken_up_version=version.pk)
    of_draft = send_lesson(
        client,
        lesson,
        state="adopted",
        taken_up_on=str(timezone.localdate()),
        taken_up_version=draft.pk,
    )

    lesson.refresh_from_db()
    assert [early.status_code, of_draft.status_code] == [200, 200]
    assert "Say that it is taken up" in early.content.decode()
    assert lesson.taken_up_version is None


def test_a_version_valid_from_a_year_nobody_can_mean_is_refused(client, protocol, people):
    draft = make_draft(protocol)
    client.force_login(people.alder)

    refused = client.post(edit(draft), form(row(draft.steps.get()), valid_from="9206-05-01"))

    told = {"valid_from": ["Nobody can mean this day: check the year."]}
    assert refused.context["form"].errors == told


def test_whoever_begins_a_version_second_is_told_that_it_is_begun(client, protocol, people):
    make_draft(protocol)
    client.force_login(people.alder)

    late = client.post(reverse("protocol_versions:add"), {"protocol": protocol.pk})

    told = ["The next version of this protocol is begun already."]
    assert late.context["form"].errors["protocol"] == told


ADOPTED = {"state": "adopted", "taken_up_on": str(timezone.localdate())}
IN_WORDS = in_every_language("taken_up_in", "Our list of tools")


def test_a_lesson_is_not_taken_up_in_words_alone(client, unwritten, protocol, people):
    ensure_archivists()
    lesson = add_lesson(make_debrief())
    make_version(protocol)
    client.force_login(people.alder)

    answer = send_lesson(client, lesson, **ADOPTED, **IN_WORDS)

    lesson.refresh_from_db()
    (errors,) = answer.context["form"].formsets["lessons"].errors
    assert list(errors) == ["taken_up_version"]
    assert "Choose the signed version of the protocol" in errors["taken_up_version"][0]
    assert lesson.state == "proposed"


def test_what_was_taken_up_in_words_is_still_put_right_and_never_loses_a_version(
    client, unwritten, protocol, people
):
    ensure_archivists()
    debrief, today = make_debrief(), timezone.localdate()
    old = add_lesson(debrief, taken_up_on=today, **in_every_language("taken_up_in", "A list"))
    client.force_login(people.alder)

    kept = send_lesson(client, old, **ADOPTED, **IN_WORDS)
    empty = send_lesson(client, old, **ADOPTED)
    named = send_lesson(client, old, **ADOPTED, taken_up_version=make_version(protocol).pk)
    back = send_lesson(client, old, **ADOPTED, **IN_WORDS)

    old.refresh_from_db()
    assert [each.status_code for each in (kept, empty, named, back)] == [302, 200, 302, 200]
    assert old.taken_up_version is not None
