"""Whoever presses a button at a comment comes back to where they pressed it."""

import pytest
from django.urls import reverse

from consultations.conversation.services import REPORT
from consultations.models import Contribution, Report
from partnership.people.models import Participant
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent
from tests.factories.consultations import ContributionFactory, make_consultation
from tests.factories.drafts import comment_on, make_draft, next_version, paragraph, text_of
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def act(name, said):
    slug = said.consultation.slug_in("en")
    return reverse(f"consultation_{name}", args=(slug, said.pk))


@pytest.fixture
def said(site_tree):
    return comment_on(paragraph(make_draft("One.", "Two."), 2))


def places(said):
    """What the three pages with a comment on a paragraph lead back to, by their names."""
    draft, one = said.paragraph.draft, said.paragraph
    return {
        "draft": f"{draft.get_absolute_url()}#{one.anchor}",
        "paragraph": f"{one.get_absolute_url()}#{said.anchor}",
        "thread": f"{act('thread', said)}#{said.anchor}",
        "https://evil.example/": f"{said.consultation.get_url()}#{said.anchor}",
        "statement": f"{said.consultation.get_url()}#{said.anchor}",
        "board": f"{said.consultation.get_url()}#{said.anchor}",
    }


def test_a_support_leads_back_to_where_it_was_pressed_and_nowhere_else(client, unwritten, said):
    client.force_login(ResidentFactory())

    for back, place in places(said).items():
        done = client.post(f"{act('support', said)}?back={back}", {"supports": "yes"})
        assert done["Location"] == place


def test_a_report_leads_back_to_the_comment_which_says_so(client, said):
    said.consultation.reports_to_hide = 50
    said.consultation.save()
    for back, place in places(said).items():
        client.force_login(ResidentFactory())
        sent = {"reason": "spam", "form_token": issue(REPORT), "back": back}
        assert client.post(act("report", said), sent)["Location"] == place
    assert Report.objects.count() == len(places(said))
    page = text_of(client.get(said.paragraph.get_absolute_url()))
    assert "Thank you. A moderator looks at it." in page
    assert "You reported this." in page


def test_the_pages_say_in_their_links_where_one_comes_from_also_through_the_sign_in(client, said):
    draft, one = said.paragraph.draft, said.paragraph
    pages = {"draft": draft.get_absolute_url(), "paragraph": one.get_absolute_url()}
    pages["thread"] = act("thread", said)

    for back, page in pages.items():
        link = f"{act('support', said)}?back={back}"
        shown = client.get(page).content.decode()
        assert f'href="{link}"' in shown
        assert f'href="{act("report", said)}?back={back}"' in shown
        assert f"?parent={said.pk}&amp;back={back}" in shown
        form = client.get(link)
        assert form.context["next"] == link
        sent = client.post(link, {"supports": "yes"})
        assert f"back%3D{back}" in sent["Location"]


def test_a_reply_leads_to_the_paragraph_or_where_it_was_begun(client, said):
    resident = ResidentFactory()
    client.force_login(resident)
    one, address = said.paragraph, said.consultation.comment_url
    found = {"": one.get_absolute_url(), "paragraph": one.get_absolute_url()}
    found["draft"] = places(said)["draft"]

    for back, place in found.items():
        form = client.get(f"{address}?parent={said.pk}&back={back}")
        fields = {field.name: field.value() or "" for field in form.context["form"]}
        sent = {**fields, "parent": said.pk, "text": f"Words {back}.", "back": back}
        assert client.post(address, sent)["Location"] == place
    page = text_of(client.get(one.draft.get_absolute_url()))
    assert Contribution.objects.pending().count() == 3
    assert "3 comments of yours on § 2 wait until somebody has read them." in page


def test_the_order_and_the_voice_are_kept_for_visitors_too(client, site_tree):
    said = ContributionFactory(consultation=make_consultation())
    page = client.get(f"{said.consultation.get_url()}?order=oldest").content.decode()
    client.force_login(ResidentFactory())

    done = client.post(f"{act('support', said)}?order=oldest&voice=myself", {"supports": "yes"})

    assert f"{act('support', said)}?order=oldest" in page
    assert done["Location"].endswith(f"?order=oldest&voice=myself#{said.anchor}")


# With another language beside ------------------------------------------------------------------


def test_the_language_beside_stays_on_the_way_back_from_a_support_and_a_report(client, said):
    draft, one = said.paragraph.draft, said.paragraph
    places = {
        "draft": f"{draft.get_absolute_url()}?beside=es#{one.anchor}",
        "paragraph": f"{one.get_absolute_url()}?beside=es#{said.anchor}",
        "thread": f"{act('thread', said)}#{said.anchor}",
        "": f"{said.consultation.get_url()}#{said.anchor}",
    }
    for back, place in places.items():
        client.force_login(ResidentFactory())
        query = f"?back={back}&beside=es"
        form = client.get(f"{act('report', said)}{query}").content.decode()
        held = '<input type="hidden" name="beside" value="es">'
        assert (held in form) == (back in {"draft", "paragraph"})
        done = client.post(f"{act('support', said)}{query}", {"supports": "yes"})
        sent = {"reason": "spam", "form_token": issue(REPORT), "back": back, "beside": "es"}
        reported = client.post(act("report", said), sent)
        assert (done["Location"], reported["Location"]) == (place, place)


@pytest.mark.parametrize("page", ["draft", "paragraph"])
def test_every_button_at_a_text_says_which_language_is_read_beside(client, said, page):
    client.force_login(ResidentFactory())
    read = {"draft": said.paragraph.draft, "paragraph": said.paragraph}[page]

    with_both = client.get(f"{read.get_absolute_url()}?beside=es").content.decode()
    plain = client.get(f"{read.get_absolute_url()}?beside=en").content.decode()

    asked = f"?back={page}&amp;beside=es"
    assert all(f"{act(name, said)}{asked}" in with_both for name in ("support", "report"))
    assert f"?parent={said.pk}&amp;back={page}&amp;beside=es" in with_both
    assert "beside=" not in plain.partition("<main")[2].replace('"?beside=es"', "")


def test_a_paragraph_is_read_in_another_language_and_leads_back_to_the_text_in_it(client, said):
    one = said.paragraph
    one.text_es = "Dos."
    one.save()

    page = client.get(f"{one.get_absolute_url()}?beside=es")

    assert '<div class="prose" lang="es"><p>Dos.</p></div>' in page.content.decode()
    assert f"{one.draft.get_absolute_url()}?beside=es#{one.anchor}" in page.content.decode()
    assert '<input type="hidden" name="beside" value="es">' in page.content.decode()


@pytest.mark.parametrize("asked", ["es", "en", "xx", "<b>"])
def test_the_language_beside_stays_on_the_way_back_from_a_comment_and_a_reply(client, said, asked):
    client.force_login(ResidentFactory())
    one, address = said.paragraph, said.consultation.comment_url
    query = "?beside=es" if asked == "es" else ""
    reply = {"parent": said.pk, "back": "draft"}

    about = client.get(address, {"paragraph": one.pk, "beside": asked})
    answer = client.get(address, {**reply, "beside": asked})
    fields = [
        {field.name: field.value() or "" for field in form.context["form"]}
        for form in (about, answer)
    ]
    sent = {"paragraph": one.pk, "text": "New words.", "alignment": "0", "beside": asked}
    done = client.post(address, {**fields[0], **sent})
    replied = client.post(address, {**fields[1], **reply, "text": "Yes.", "beside": asked})

    held = ['name="beside" value="es"' in form.content.decode() for form in (about, answer)]
    assert held == [asked == "es"] * 2
    assert done["Location"] == f"{one.get_absolute_url()}{query}"
    assert replied["Location"] == f"{one.draft.get_absolute_url()}{query}#{one.anchor}"


def test_the_language_beside_stays_with_who_signs_in_first(client, said):
    sent = {"paragraph": said.paragraph_id, "text": "New words.", "beside": "es"}

    done = client.post(said.consultation.comment_url, sent)

    assert f"paragraph%3D{said.paragraph_id}%26beside%3Des" in done["Location"]


def begun(client, one):
    """What the form about a paragraph holds."""
    address = f"{one.draft.consultation.comment_url}?paragraph={one.pk}"
    form = client.get(address).context["form"]
    fields = {field.name: field.value() or "" for field in form}
    return {**fields, "paragraph": one.pk, "text": "Late words.", "alignment": "-1"}


def test_a_comment_on_an_older_version_is_asked_for_once_more_about_the_present_one(
    client, site_tree
):
    one = paragraph(make_draft("Old words."))
    address = one.draft.consultation.comment_url
    client.force_login(ResidentFactory())
    sent = begun(client, one)
    now = paragraph(next_version(one.draft, {"place": 1, "text": "New words."}))

    asked = client.post(address, sent)

    assert asked.status_code == 422
    assert "§ 1 of version 2" in text_of(asked)
    assert "New words." in text_of(asked)
    assert "Late words." in asked.content.decode()
    assert asked.context["form"]["alignment"].value() == "-1"
    assert f'name="paragraph" value="{now.pk}"' in asked.content.decode()
    again = {field.name: field.value() or "" for field in asked.context["form"]}
    client.post(address, {**again, "paragraph": now.pk})
    assert Contribution.objects.get().paragraph == now


def test_a_comment_on_a_paragraph_that_is_gone_would_be_about_the_whole(client, site_tree):
    one = paragraph(make_draft("One.", "Two."), 2)
    address = one.draft.consultation.comment_url
    client.force_login(ResidentFactory())
    sent = begun(client, one)
    next_version(one.draft, {"place": 2, "is_dropped": True, "became": "Not needed."})

    asked = client.post(address, sent)

    assert asked.status_code == 422
    assert "§ 2 is no longer in it" in text_of(asked)
    assert "Late words." in asked.content.decode()
    again = {field.name: field.value() or "" for field in asked.context["form"]}
    client.post(address, again)
    assert Contribution.objects.get().paragraph is None


@pytest.mark.parametrize("named", ["0", "-1", "x", "9" * 30, "12345"])
def test_a_paragraph_that_nobody_knows_counts_as_outdated(client, site_tree, named):
    one = paragraph(make_draft("One."))
    client.force_login(ResidentFactory())

    asked = client.post(
        one.draft.consultation.comment_url, {**begun(client, one), "paragraph": named}
    )

    assert asked.status_code == 422
    assert "Late words." in asked.content.decode()
    assert not Contribution.objects.exists()


def test_a_link_to_an_older_version_says_so_before_anything_is_written(client, site_tree):
    one = paragraph(make_draft("Old words."))
    next_version(one.draft, {"place": 1, "text": "New words."})
    client.force_login(ResidentFactory())

    form = client.get(f"{one.draft.consultation.comment_url}?paragraph={one.pk}")

    assert "The text has changed" in text_of(form)
    assert "New words." in text_of(form)


def test_own_waiting_words_are_counted_for_their_author_alone(client, site_tree):
    resident, one = ResidentFactory(), paragraph(make_draft("One."))
    comment_on(one, participant=Participant.objects.of(resident), publication_status="pending")
    client.force_login(ResidentFactory())

    assert "of yours" not in text_of(client.get(one.draft.get_absolute_url()))


# Without an account ---------------------------------------------------------------------------

WHO = {"name": "Ana Olmo", "email": "ana@example.org", "city": "puerto"}


@pytest.fixture
def for_guests(site_tree, monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)
    return paragraph(make_draft("Old words.", consultation=make_consultation(participation="open")))


def confirmed(client, consultation):
    return client.post(consultation.guest_url, {"code": code_sent()})


def test_a_guest_who_supports_comes_back_to_the_page_it_was_pressed_on(client, for_guests):
    said = comment_on(for_guests)
    form = client.get(f"{act('support', said)}?back=paragraph").content.decode()

    client.post(act("support", said), {"supports": "yes", "back": "paragraph", **WHO})
    done = confirmed(client, said.consultation)

    assert '<input type="hidden" name="back" value="paragraph">' in form
    assert done["Location"] == for_guests.get_absolute_url()


def test_a_guest_whose_text_changed_before_the_code_was_typed_is_asked_once_more(
    client, for_guests
):
    consultation = for_guests.draft.consultation
    client.post(consultation.comment_url, {**begun(client, for_guests), **WHO})
    now = paragraph(next_version(for_guests.draft, {"place": 1, "text": "New words."}))

    asked = confirmed(client, consultation)

    assert asked.status_code == 422
    assert "§ 1 of version 2" in text_of(asked)
    assert "Late words." in asked.content.decode()
    assert f'name="paragraph" value="{now.pk}"' in asked.content.decode()
    assert not Contribution.objects.exists()
