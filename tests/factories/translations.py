"""A translation of somebody's words, the smallest valid one."""

import factory

from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.models import Translation
from consultations.translations.words_of import digest_of
from partnership.pages.languages import CODES
from tests.factories.consultations import ContributionFactory, make_participant


class TranslationFactory(factory.django.DjangoModelFactory):
    """A neighbour's accepted translation of a published comment into the second language."""

    class Meta:
        model = Translation

    contribution = factory.SubFactory(ContributionFactory)
    language_code = CODES[1]
    text = factory.Sequence(lambda number: f"Comentario número {number}.")
    origin = Origin.VOLUNTEER
    status = TranslationStatus.ACCEPTED
    source_digest = factory.LazyAttribute(lambda row: digest_of(row.contribution or row.statement))

    @factory.lazy_attribute
    def author(self):
        return None if self.origin == Origin.MACHINE else make_participant()


def proposal(**fields: object) -> Translation:
    """A neighbour's translation that waits for a moderator."""
    return TranslationFactory(status=TranslationStatus.PROPOSED, **fields)


def machine_text(**fields: object) -> Translation:
    """What a machine made of a published comment, shown to readers."""
    return TranslationFactory(origin=Origin.MACHINE, **fields)
