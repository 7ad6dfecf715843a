"""What of an event is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from events.models import (
    CharrettePage,
    DrillPage,
    EventIndexPage,
    EventPage,
    EventProvision,
    EventVenue,
    ExchangePage,
    ExhibitionPage,
    FestivalPage,
    PlanningSessionPage,
    ProgrammeItem,
)


@register(EventIndexPage)
class EventIndexPageTranslation(TranslationOptions):
    fields = ("lead",)


@register(EventPage)
class EventPageTranslation(TranslationOptions):
    fields = (
        "summary",
        "body",
        "status_reason",
        "price_note",
        "what_to_bring",
        "hosts",
        "conveners",
    )


@register((ExchangePage, FestivalPage, CharrettePage, ExhibitionPage, PlanningSessionPage))
class EventKindTranslation(TranslationOptions):
    fields = ()


@register(DrillPage)
class DrillPageTranslation(TranslationOptions):
    fields = ("scenario", "objectives", "services")


@register(EventVenue)
class EventVenueTranslation(TranslationOptions):
    fields = ("name", "address", "access_note")


@register(ProgrammeItem)
class ProgrammeItemTranslation(TranslationOptions):
    fields = ("title", "description", "place")


@register(EventProvision)
class EventProvisionTranslation(TranslationOptions):
    fields = ("text",)
