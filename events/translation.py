"""What of an event is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from events.models import (
    CharrettePage,
    EventIndexPage,
    EventPage,
    EventProvision,
    EventVenue,
    ExchangePage,
    FestivalPage,
    ProgrammeItem,
)


@register(EventIndexPage)
class EventIndexPageTranslation(TranslationOptions):
    fields = ("lead",)


@register(EventPage)
class EventPageTranslation(TranslationOptions):
    fields = ("summary", "body", "status_reason", "price_note", "hosts")


@register((ExchangePage, FestivalPage, CharrettePage))
class EventKindTranslation(TranslationOptions):
    fields = ()


@register(EventVenue)
class EventVenueTranslation(TranslationOptions):
    fields = ("name", "address", "access_note")


@register(ProgrammeItem)
class ProgrammeItemTranslation(TranslationOptions):
    fields = ("title", "description")


@register(EventProvision)
class EventProvisionTranslation(TranslationOptions):
    fields = ("text",)
