"""Something to sign, and the people who may and may not sign it."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group

from consultations.roadmap.models import Commitment
from partnership.ledger import kinds
from partnership.ledger.groups import ensure_groups as ensure_signers
from partnership.pages.comparing import Cell, Row
from partnership.pages.groups import EDITORS, MODERATORS, ensure_groups
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment, make_roadmap


def titles(commitment):
    return {code: getattr(commitment, localized("title", code)) for code in CODES}


def rows(content, before):
    return [Row("Title", [Cell(content["title"][code], code) for code in CODES])]


@pytest.fixture
def signed_things():
    """What was approved, in the order it was; promises stand for all that can be signed."""
    approved = []
    kind = kinds.Kind(
        content=lambda commitment: {"title": titles(commitment)},
        title=lambda commitment: commitment.title,
        address=lambda commitment: f"/admin/commitments/edit/{commitment.pk}/",
        rows=rows,
        approved=lambda commitment, request: approved.append((commitment.title, request.pk)),
    )
    kinds.register(Commitment, kind)
    yield approved
    kinds._kinds.pop(Commitment)


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def signer(cities):
    """Return a function that makes somebody who works for these cities."""
    ensure_groups()
    ensure_signers()

    def make(*cities, group=EDITORS, **fields):
        resident = ResidentFactory(is_staff=True, **fields)
        resident.groups.add(Group.objects.get(name=group))
        resident.edits_for.set(cities)
        return resident

    return make


@pytest.fixture
def people(cities, signer):
    """Signers of each city, and everybody who is none."""
    alder, puerto = cities
    return SimpleNamespace(
        alder=signer(alder, language_code="en", name="Joan Okafor"),
        puerto=signer(puerto, language_code="es", name="Marta Vidal"),
        both=signer(alder, puerto, language_code="en"),
        nowhere=signer(),
        moderator=signer(puerto, group=MODERATORS),
        admin=Resident.objects.create_superuser("admin@example.org", name="Admin"),
    )


@pytest.fixture
def subject(site_tree, cities, signed_things):
    return make_commitment(make_roadmap(), title_en="One form", title_es="Un formulario")
