"""Who speaks for a partner: asked by staff, agreed to, ended from either side."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone, translation

from home.partners.voices.groups import ensure_groups
from home.partners.voices.models import PartnerVoice
from home.partners.voices.overdue import run_out
from home.partners.voices.services import NoSuchAccount, OnesOwnVoice, give
from partnership.outbox.models import OutgoingMail
from partnership.pages.groups import EDITORS
from partnership.pages.groups import ensure_groups as ensure_editors
from partnership.people.copies import everything_about
from partnership.people.erasure import ERASE, erase
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.committees import days_ago
from tests.factories.consultations import make_participant
from tests.factories.partners import make_partner
from tests.factories.people import ResidentFactory
from tests.factories.voices import make_voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """An editor of Alder Bay, signed in."""
    ensure_editors()
    ensure_groups()
    found = ResidentFactory(is_staff=True)
    found.groups.add(Group.objects.get(name=EDITORS))
    found.edits_for.add(city_pair()[0])
    client.force_login(found)
    return found


def sent(partner, email, valid_until=""):
    return {"partner": partner.pk, "email": email, "valid_until": valid_until}


def speak():
    return list(PartnerVoice.objects.speaking())


# Asking ------------------------------------------------------------------------------------


def test_an_editor_asks_and_whoever_is_asked_agrees_and_is_written_to_once(client, editor):
    resident = ResidentFactory(email="teacher@school.example", language_code="es")
    partner = make_partner("Quay School", kind="school", city=city_pair()[0])

    added = client.post(reverse("partner_voices:add"), sent(partner, "Teacher@school.example"))
    asked = PartnerVoice.objects.get()
    mail = OutgoingMail.objects.get(kind="partner_voice_offered")
    with translation.override("es"):
        in_spanish = reverse("my_participation")
    before = speak()
    theirs, _participant = signed_in(asked.participant)
    page = text_of(theirs.get(reverse("my_participation")))
    address = reverse("my_partner_voice", args=(asked.pk,))
    for _click in range(2):
        theirs.post(address, {"accept": "1"})

    assert (added.status_code, asked.given_by, before) == (302, editor, [])
    assert (mail.to, mail.language_code) == (resident.email, "es")
    assert f"{in_spanish}#partner-voices" in mail.text
    assert "¿Hablas aquí en nombre de Quay School?" in mail.subject
    assert "You are asked to speak for Quay School." in page
    assert speak() == [asked]


def test_nobody_asks_themselves_a_stranger_or_the_same_person_twice(client, editor):
    partner = make_partner("Quay School")
    voice = make_voice(partner)
    address = reverse("partner_voices:add")

    again = client.post(address, sent(partner, voice.participant.email))

    assert "This person has been asked already." in text_of(again)
    with pytest.raises(OnesOwnVoice):
        give(partner, email=editor.email, by=editor)
    with pytest.raises(NoSuchAccount):
        give(partner, email="nobody@nowhere.example", by=editor)
    assert not OutgoingMail.objects.exists()


def test_voices_of_another_citys_partner_are_not_theirs(client, editor):
    elsewhere = make_partner("Faro School", city=city_pair()[1])
    voice = make_voice(elsewhere)

    shown = text_of(client.get(reverse("partner_voices:index")))
    screens = [reverse(f"partner_voices:{each}", args=(voice.pk,)) for each in ("edit", "delete")]
    client.post(reverse("partner_voices:add"), sent(elsewhere, ResidentFactory().email))

    assert "Faro School" not in shown
    assert not any(client.get(each).status_code == 200 for each in screens)
    assert PartnerVoice.objects.get() == voice


def test_an_editor_changes_the_last_day_and_nothing_else(client, editor):
    voice = make_voice()
    other = make_partner("Another")
    address = reverse("partner_voices:edit", args=(voice.pk,))

    client.post(address, sent(other, "else@example.org", "2031-05-01"))

    voice.refresh_from_db()
    assert (str(voice.valid_until), voice.partner.name) == ("2031-05-01", "Quay School")


def test_nobody_is_asked_to_speak_until_a_day_that_is_past(client, editor):
    partner, voice = make_partner("Quay School"), make_voice(valid_until="2020-05-01")
    person = ResidentFactory()
    edit = reverse("partner_voices:edit", args=(voice.pk,))

    refused = client.post(reverse("partner_voices:add"), sent(partner, person.email, "2020-05-01"))
    shortened = client.post(edit, sent(partner, "", "2020-04-01"))
    left = client.post(edit, sent(partner, "", "2020-05-01"))

    assert "This day is past" in text_of(refused)
    assert not OutgoingMail.objects.exists()
    assert (shortened.status_code, left.status_code) == (200, 302)


# Ending ------------------------------------------------------------------------------------


def test_whoever_speaks_ends_it_at_one_press_and_gets_no_mail():
    voice = make_voice()
    client, _participant = signed_in(voice.participant)

    address = reverse("my_partner_voice", args=(voice.pk,))
    client.post(address)
    kept = speak()
    client.post(address, {"end": "1"})

    assert kept == [voice]
    assert not PartnerVoice.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_whoever_presses_twice_or_is_late_is_told_that_it_has_ended():
    voice = make_voice()
    client, _participant = signed_in(voice.participant)
    address = reverse("my_partner_voice", args=(voice.pk,))

    client.post(address, {"end": "1"})
    again = text_of(client.post(address, {"end": "1"}, follow=True))
    accepted = text_of(client.post(address, {"accept": "1"}, follow=True))

    assert "That has ended meanwhile. Nothing was changed." in again
    assert "That has ended meanwhile. Nothing was changed." in accepted


def test_an_editor_ends_it_and_whoever_spoke_is_told(client, editor):
    voice = make_voice()

    client.post(reverse("partner_voices:delete", args=(voice.pk,)))

    assert not PartnerVoice.objects.exists()
    assert OutgoingMail.objects.get().kind == "partner_voice_ended"


def test_somebody_elses_voice_is_not_theirs_to_accept():
    voice = make_voice(accepted_at=None)
    client, _participant = signed_in()

    answered = client.post(reverse("my_partner_voice", args=(voice.pk,)), {"accept": "1"})

    assert answered.status_code == 404
    assert speak() == []


def test_it_lasts_until_its_last_day_and_as_long_as_its_partner_does():
    lasting = make_voice(valid_until=timezone.localdate())
    make_voice(make_partner("Over"), valid_until=days_ago(3))
    make_voice(make_partner("Left", ends_on=days_ago(3)))
    make_voice(make_partner("Hidden", is_published=False))
    make_voice(make_partner("Not yet"), accepted_at=None)

    assert speak() == [lasting]


@pytest.mark.both
def test_what_has_run_out_is_a_concern_of_the_partners_city_without_a_name(
    django_assert_num_queries,
):
    alder, _puerto = city_pair()
    make_voice(make_partner("Quay School", city=alder), valid_until=days_ago(3))
    make_voice(make_partner("Old Bakery", ends_on=days_ago(2)))
    make_voice(make_partner("Lasting"))

    with django_assert_num_queries(1):
        found = list(run_out(timezone.localdate()))

    assert [(each.words, each.due, each.cities) for each in found] == [
        ("Quay School: a voice has run out. Prolong or end it.", days_ago(3), (alder,)),
        ("Old Bakery is no partner any more: end its voice.", days_ago(2), ()),
    ]


# One's own data ------------------------------------------------------------------------------


def test_it_is_in_the_copy_of_ones_data():
    voice = make_voice(given_by=ResidentFactory(name="Ed Itor", is_staff=True))

    sections = {each.key: each for each in everything_about(voice.participant)}

    (row,) = sections["partner_voices.partnervoice"].rows
    assert {cell.key for cell in row} == {"partner", "valid_until", "given_at", "accepted_at"}
    assert "Quay School" in {cell.words for cell in row}


@pytest.mark.both
def test_it_goes_with_the_account_and_with_what_was_mailed_about_it():
    resident = ResidentFactory(email="teacher@school.example")
    give(make_partner("Quay School"), email=resident.email, by=None)

    erase(resident, keep_words=True, email=resident.email, form_token=issue(ERASE))

    assert not PartnerVoice.objects.exists()
    assert not OutgoingMail.objects.exclude(to="").exists()


def test_what_has_run_out_is_offered_to_nobody_any_more():
    client, participant = signed_in(make_participant())
    make_voice(make_partner("Over"), participant, valid_until=days_ago(3))
    make_voice(make_partner("Left", ends_on=days_ago(3)), participant, accepted_at=None)
    make_voice(make_partner("Hidden", is_published=False), participant)

    page = client.get(reverse("my_participation"))

    assert text_of(page).count("This has run out: you cannot write in its name") == 3
    assert "you can choose to write it in its name" not in text_of(page)
    assert "Yes, I speak for it" not in text_of(page)


def test_who_speaks_for_nobody_sees_no_word_of_it_and_nobody_pays_more(django_assert_num_queries):
    address = reverse("my_participation")
    client, participant = signed_in(make_participant())
    client.get(address)

    with django_assert_num_queries(20):
        without = text_of(client.get(address))
    for name in ("Quay School", "Bridge House"):
        make_voice(make_partner(name), participant)
    with django_assert_num_queries(20):
        with_two = text_of(client.get(address))

    assert "speak for" not in without
    assert with_two.index("Quay School (another partner)") < with_two.index("Bridge House")
    assert with_two.count("You agreed on") == 2
