"""How an editor writes a programme or a campaign, and what is asked before it is published."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from consultations.initiatives.models import CampaignPage, InitiativeLine, ProgrammePage
from consultations.initiatives.refusals import EndsNever, MeasuresNothing, ServesNothing, Untraced
from partnership.pages.languages import CODES
from tests.factories.delivery import two_moneys
from tests.factories.initiatives import (
    TODAY,
    add_indicator,
    add_line,
    make_campaign,
    make_programme,
)
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

ROWS = ("partners", "budget_lines", "indicators", "served", "comments")


@pytest.fixture
def promise(site_tree: Any) -> Any:
    two_moneys()
    return make_commitment(make_roadmap())


def line(**fields: Any) -> dict[str, Any]:
    """A line of Alder Bay as the form holds it."""
    alder, _puerto = two_moneys()
    money = {"planned": "100", "committed": "0", "spent": "0"}
    return {**in_every_language(what="Desks"), **money, "city": alder.pk, **fields}


def indicator(*readings: dict[str, Any]) -> dict[str, Any]:
    words = in_every_language(what="New firms", unit="firms", method="Counted.")
    return {**words, "readings": inline_formset(list(readings))}


def typed(page: Any, **fields: Any) -> dict[str, Any]:
    """The form of the page as it is sent, with these fields and rows."""
    values = {
        **in_every_language(title="Words", summary="Words", message="Words"),
        **{f"body_{code}": streamfield([]) for code in CODES},
        "slug": page.slug,
        "local_slug_es": page.slug_in("es"),
        "kind": page.kind,
        "starts_on": str(page.starts_on),
        "ends_on": str(page.ends_on or ""),
        **{name: _rows(fields.pop(name, [])) for name in ROWS},
        **fields,
    }
    return nested_form_data(values)


def form_of(page: Any, *, is_draft: bool = False, **fields: Any) -> Any:
    """The checked form of the page: to publish it, unless it is sent as a draft."""
    form_class = type(page).get_edit_handler().get_form_class()
    sent = QueryDict(urlencode(typed(page, **fields), doseq=True))
    form = form_class(sent, instance=page, parent_page=page.get_parent())
    if is_draft:
        form.defer_required_fields()
    form.is_valid()
    return form


def _rows(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows of a part of the form; those that are stored have an id."""
    return inline_formset(rows, initial=len([row for row in rows if "id" in row]))


def test_a_programme_is_published_with_everything_it_has(client: Any, promise: Any) -> None:
    page = make_programme()

    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    read = {"read_on": str(TODAY), "value": "3", "city": two_moneys()[0].pk}
    rows = {
        "served": [{"commitment": promise.pk}],
        "budget_lines": [line(serves=promise.pk, procurement_reference="AB-1")],
        "indicators": [indicator(read)],
        "partners": [{**in_every_language(organisation="Bank", part="Lends."), "city": ""}],
    }

    answer = client.post(address, {**typed(page, **rows), "action-publish": "yes"})

    assert answer.status_code == 302
    page = ProgrammePage.objects.get()
    kept = InitiativeLine.objects.get()
    assert [each.commitment for each in page.served.all()] == [promise]
    assert (kept.serves, kept.currency) == (promise, "GBP")
    assert page.indicators.get().readings.get().value == 3
    assert page.partners.get().organisation == "Bank"


def test_a_programme_is_asked_for_a_promise_beside_the_rows_and_at_every_door(
    promise: Any,
) -> None:
    page = make_programme()
    said = "Choose at least one commitment this programme serves."

    refused = form_of(page)

    assert list(refused.formsets["served"].non_form_errors()) == [said]
    assert form_of(page, is_draft=True).is_valid()
    with pytest.raises(ServesNothing, match=said):
        page.save_revision().publish()


def test_a_purchase_has_a_promise_and_it_is_one_of_those_served(promise: Any) -> None:
    page, other = make_programme(promise), make_commitment()
    rows = [line(procurement_reference="AB-1"), line(serves=other.pk), line()]

    refused = form_of(page, served=[{"commitment": promise.pk}], budget_lines=rows)

    bought, strange, plain = refused.formsets["budget_lines"].forms
    assert bought.errors == {"serves": ["A purchase has a commitment behind it: choose which one."]}
    assert strange.errors == {"serves": ["This is not among the commitments it serves."]}
    assert plain.errors == {}
    add_line(page, procurement_reference="AB-1")
    with pytest.raises(Untraced):
        ProgrammePage.objects.get(pk=page.pk).save_revision().publish()


def test_a_campaign_is_asked_for_a_measure_and_an_end(promise: Any) -> None:
    page = make_campaign()

    refused = form_of(page, ends_on="")

    assert refused.errors == {"ends_on": ["Say on which day the campaign ends."]}
    said = "Say what is measured: a campaign has at least one indicator."
    assert list(refused.formsets["indicators"].non_form_errors()) == [said]
    assert form_of(make_campaign(slug="b", title="B"), indicators=[indicator()]).is_valid()


def test_a_campaign_without_a_measure_or_an_end_passes_no_door(promise: Any) -> None:
    page = make_campaign()
    with pytest.raises(MeasuresNothing):
        page.save_revision().publish()
    add_indicator(page)

    endless = CampaignPage.objects.get()
    endless.ends_on = None

    with pytest.raises(EndsNever):
        endless.save_revision().publish()


def test_the_intake_is_read_on_the_clock_of_the_city_that_leads(promise: Any) -> None:
    _alder, puerto = two_moneys()
    puerto.time_zone = "Europe/Madrid"
    puerto.save()
    page = make_programme(promise)
    hours = {"intake_opens_at": "2026-07-01 09:00", "intake_closes_at": "2026-07-01 08:00"}

    wrong = form_of(page, **hours)
    lonely = form_of(page, lead_city=puerto.pk, intake_closes_at="2026-07-01 08:00")
    right = form_of(page, lead_city=puerto.pk, intake_opens_at="2026-07-01 09:00")

    assert wrong.errors == {
        "intake_closes_at": ["The intake must close after it opens."],
        "lead_city": ["Choose the city on whose clock the intake runs."],
    }
    assert lonely.errors["intake_opens_at"] == ["Say when the intake opens, too."]
    assert right.errors == {}
    assert right.cleaned_data["intake_opens_at"].isoformat() == "2026-07-01T07:00:00+00:00"


def test_what_nobody_can_mean_is_refused_in_a_draft_too(promise: Any) -> None:
    page = make_programme()
    nobody = {**in_every_language(organisation="", part="Lends."), "city": ""}
    yesterday = str(page.starts_on - timedelta(days=1))

    refused = form_of(
        page,
        is_draft=True,
        ends_on=yesterday,
        partners=[nobody],
        served=[{"commitment": promise.pk}, {"commitment": promise.pk}],
    )
    slip = form_of(page, is_draft=True, starts_on="0026-01-01")

    assert refused.errors == {"ends_on": ["The last day cannot be before the first."]}
    (partner,) = refused.formsets["partners"].forms
    assert partner.errors == {"city": ["Choose a city, or name the organisation."]}
    _first, again = refused.formsets["served"].forms
    assert again.errors == {"commitment": ["This commitment is in the list already."]}
    assert slip.errors["starts_on"] == ["Nobody can mean this day: check the year."]


def test_each_kind_of_page_offers_its_own_kinds(promise: Any) -> None:
    offered = [
        [value for value, _label in form_of(page).fields["kind"].choices]
        for page in (make_programme(promise), make_campaign())
    ]

    assert offered == [
        ["incubator", "tourism", "purchasing", "programme"],
        ["tourism_campaign", "campaign"],
    ]


def test_a_line_keeps_its_money_until_another_city_pays(promise: Any) -> None:
    alder, puerto = two_moneys()
    page = make_programme(promise)
    stored = add_line(page)
    for city, currency in ((alder, "USD"), (puerto, "CHF")):
        city.currency = currency  # from now on; what was counted in pounds stays so
        city.save()

    def saved(city: Any) -> Any:
        rows = {"budget_lines": [line(id=stored.pk, city=city.pk)]}
        fresh = ProgrammePage.objects.get(pk=page.pk)
        return form_of(fresh, is_draft=True, **rows).save(commit=False).budget_lines.get()

    assert saved(alder).currency == "GBP"
    assert saved(puerto).currency == "CHF"


def test_what_is_chosen_in_rows_is_read_once_however_many_there_are(promise: Any) -> None:
    page = make_programme(promise)
    form_class = ProgrammePage.get_edit_handler().get_form_class()
    chosen = ("city", "serves")

    asked = []
    for _each in range(2):
        add_line(page, serves=promise)
        with CaptureQueriesContext(connection) as queries:
            form = form_class(instance=page, parent_page=page.get_parent())
            shown = [str(row[name]) for row in form.formsets["budget_lines"] for name in chosen]
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert f"{promise.roadmap.year}: 1. A promise" in shown[-1]
