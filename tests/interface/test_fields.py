"""Form fields: a label, a hint and an error that belong to their control."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template.loader import render_to_string

from partnership.interface.templatetags.looks import unbroken


class SignUp(forms.Form):
    """One field of each kind."""

    email = forms.EmailField(label="E-mail", help_text="Only to confirm.")
    city = forms.ChoiceField(
        label="City", choices=[("a", "Alder Bay"), ("b", "Puerto")], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        choices=[("en", "English"), ("es", "Español")], widget=forms.RadioSelect, required=False
    )
    needs = forms.CharField(label="Needs", max_length=180, required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Agreed")
    size = forms.ChoiceField(choices=[("1", "One")])
    token = forms.CharField(widget=forms.HiddenInput)


def field(name: str, data: dict[str, str] | None = None) -> str:
    form = SignUp(data)
    return render_to_string("components/field.html", {"field": form[name]})


def test_an_e_mail_is_in_one_piece_before_other_words_and_what_is_typed_stays_text():
    assert unbroken("E-mail address <b>") == (
        '<span class="nowrap">E-mail</span> address &lt;b&gt;'
    )
    assert unbroken("E-mail") == "E-mail"


def test_the_hint_is_announced_with_the_field():
    html = field("email")

    assert '<label for="id_email">E-mail</label>' in html
    assert 'id="id_email_hint">Only to confirm.' in html
    assert 'aria-describedby="id_email_hint"' in html
    assert "aria-invalid" not in html


def test_the_error_stands_beside_the_field_and_is_announced_with_it():
    html = field("email", {"email": "amara"})

    assert '<div id="id_email_error">' in html
    assert "Enter a valid email address." in html
    assert 'aria-describedby="id_email_hint id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="amara"' in html


def test_a_group_is_a_fieldset_that_announces_its_error():
    html = field("city", {"email": "amara"})

    assert '<fieldset class="choices field has-error" aria-describedby="id_city_error">' in html
    assert "<legend>City</legend>" in html
    assert '<label for="id_city_0">Alder Bay</label>' in html


def test_choices_carry_their_hints_and_languages():
    form = SignUp()
    form.fields["city"].option_hints = {"a": "6 places left"}
    form.fields["language"].options_are_languages = True

    city = render_to_string("components/field.html", {"field": form["city"], "boxed": True})
    language = render_to_string("components/field.html", {"field": form["language"]})

    assert '<span class="hint">6 places left</span>' in city
    assert city.count("choice-box") == 2
    assert '<label for="id_language_1" lang="es">Español</label>' in language


def test_a_text_area_says_how_much_it_takes():
    html = field("needs")

    assert 'id="id_needs_count">Up to 180 characters' in html
    assert 'aria-describedby="id_needs_count"' in html
    assert "(optional)" in html


def test_a_box_has_its_label_after_it():
    html = field("agreed")

    assert html.index("<input") < html.index("<label")


def test_every_kind_has_its_class():
    assert 'class="select"' in field("size")
    assert 'class="textarea"' in field("needs")
    assert 'class="input"' in field("email")
    assert '<input type="hidden"' in field("token")


def test_the_summary_leads_to_each_field_in_error():
    form = SignUp({"size": "1"})
    form.add_error(None, "Sign-up has closed.")

    html = render_to_string("components/error_summary.html", {"form": form})

    assert 'role="alert"' in html
    assert "<li>Sign-up has closed.</li>" in html
    assert '<a href="#id_email">E-mail – This field is required.</a>' in html
    assert '<a href="#id_city_0">City – ' in html
    assert 'href="#id_token"' not in html


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("components/error_summary.html", {"form": SignUp()}).strip() == ""


def test_what_was_typed_is_escaped():
    html = field("email", {"email": '"><script>alert(1)</script>'})

    assert "<script>" not in html


@pytest.mark.parametrize("template", ["components", "consultations/admin"])
@pytest.mark.parametrize("name", ["email", "needs", "agreed", "size"])
def test_what_describes_a_field_stands_beside_it(template: str, name: str):
    """On the screens of moderators, too, where the fields are laid out in their own way."""
    form = SignUp({})
    html = render_to_string(f"{template}/field.html", {"field": form[name]})
    page = BeautifulSoup(html, "html.parser")

    described = page.find(id=f"id_{name}").get("aria-describedby", "").split()

    assert [one for one in described if page.find(id=one) is None] == []
