"""The check of the message catalogues sees what it must; `make test` runs it on ours."""

import polib
import pytest

from tests.tools import catalogues


@pytest.fixture
def spanish(tmp_path) -> polib.POFile:
    """A catalogue of one finished message, compiled."""
    path = catalogues.catalogue(tmp_path, "es")
    path.parent.mkdir(parents=True)
    entries = polib.POFile()
    entries.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=3; plural=n == 1 ? 0 : n % 1000000 == 0 ? 1 : 2;",
    }
    entries.append(polib.POEntry(msgid="Roadmap", msgstr="Hoja de ruta"))
    entries.save(path)
    catalogues.compile_to(path, path.with_suffix(".mo"))
    return polib.pofile(path)


def test_a_finished_catalogue_raises_no_complaint(spanish, tmp_path):
    assert list(catalogues.differences(spanish, {(None, "Roadmap", "")})) == []
    assert list(catalogues.unfinished(spanish)) == []
    assert list(catalogues.stale(tmp_path, "es", spanish)) == []


def test_a_message_the_code_has_and_the_catalogue_lacks_is_named(spanish):
    wanted = {(None, "Roadmap", ""), (None, "Statement", "")}

    assert list(catalogues.differences(spanish, wanted)) == ["not in the catalogue: 'Statement'"]


def test_a_message_the_code_no_longer_has_is_named(spanish):
    assert list(catalogues.differences(spanish, set())) == ["no longer in the code: 'Roadmap'"]


def test_an_untranslated_and_a_fuzzy_message_are_named(spanish):
    spanish.append(polib.POEntry(msgid="Statement"))
    spanish.append(polib.POEntry(msgid="Place", msgstr="Lugar", flags=["fuzzy"]))

    assert list(catalogues.unfinished(spanish)) == ["untranslated: 'Statement'", "fuzzy: 'Place'"]


def test_a_counted_message_with_fewer_forms_than_the_language_has_is_named(spanish):
    counted = {"msgid": "{n} place", "msgid_plural": "{n} places"}
    spanish.append(polib.POEntry(**counted, msgstr_plural={0: "{n} plaza", 1: "{n} plazas"}))

    assert list(catalogues.unfinished(spanish)) == ["2 of 3 forms: '{n} place'"]


def test_a_compiled_catalogue_that_says_something_else_is_named(spanish, tmp_path):
    spanish[0].msgstr = "Plan del año"
    spanish.save(catalogues.catalogue(tmp_path, "es"))

    complaints = list(catalogues.stale(tmp_path, "es", spanish))

    assert complaints == ["locale/es/LC_MESSAGES/django.mo is not what the .po file says."]


def test_english_says_what_the_code_says():
    entries = polib.POFile()
    entries.append(polib.POEntry(msgid="Place", msgstr="Placed", flags=["fuzzy"]))
    entries.append(polib.POEntry(msgid="{n} place", msgid_plural="{n} places"))

    catalogues.repeat_the_code(entries)

    assert entries[0].msgstr == "Place"
    assert entries[1].msgstr_plural == {0: "{n} place", 1: "{n} places"}
    assert list(catalogues.unfinished(entries)) == []
