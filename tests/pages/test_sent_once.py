"""The keys that rows were sent with are looked up at once, and are refused as ever."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from partnership.cities.models import City
from partnership.pages.sent_once import bring_sent
from tests.factories.cities import city_pair
from tests.factories.reports import make_photo

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class Row(forms.Form):
    """A row that names a city."""

    city = forms.ModelChoiceField(City.objects.all())


def sent(*cities):
    """Rows that were sent with these keys, which were looked up."""
    values = {f"form-{number}-city": key for number, key in enumerate(cities)}
    counted = {"form-TOTAL_FORMS": len(cities), "form-INITIAL_FORMS": 0}
    rows = forms.formset_factory(Row)({**values, **counted})
    bring_sent([rows])
    return rows


def test_what_rows_were_sent_with_is_looked_up_at_once(django_assert_num_queries):
    alder, puerto = city_pair()
    with django_assert_num_queries(1):
        rows = sent(alder.pk, puerto.pk, alder.pk)
        found = [row.cleaned_data["city"] for row in rows if row.is_valid()]

    assert found == [alder, puerto, alder]
    assert found[0] is not found[2]  # what is done to one is not done to the other


def test_what_is_gone_or_no_longer_offered_is_refused():
    alder, puerto = city_pair()
    rows = sent(alder.pk, puerto.pk, puerto.pk + 1000)
    rows.forms[0].fields["city"].queryset = City.objects.exclude(pk=alder.pk)

    assert [row.is_valid() for row in rows] == [False, True, False]
    photo = make_photo()
    photo.uploaded_by_user_id = photo.pk + 1000  # what no form offers is looked for, too
    with pytest.raises(ValidationError, match="uploaded_by_user"):
        photo.full_clean()
