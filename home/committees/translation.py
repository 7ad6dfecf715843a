"""What of committees, contacts and mediators is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.committees.models import (
    CommitteeIndexPage,
    CommitteePage,
    Contact,
    ContactsPage,
    Decision,
    Mediator,
    Meeting,
    PathwayStage,
)


@register(CommitteeIndexPage)
class CommitteeIndexPageTranslation(TranslationOptions):
    fields = ("lead",)


@register(CommitteePage)
class CommitteePageTranslation(TranslationOptions):
    fields = ("purpose", "rhythm")


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("agenda", "minutes")


@register(Decision)
class DecisionTranslation(TranslationOptions):
    fields = ("text",)


@register(ContactsPage)
class ContactsPageTranslation(TranslationOptions):
    fields = ("lead", "pathway_lead")


@register(PathwayStage)
class PathwayStageTranslation(TranslationOptions):
    fields = ("text",)


@register(Contact)
class ContactTranslation(TranslationOptions):
    fields = ("role",)


@register(Mediator)
class MediatorTranslation(TranslationOptions):
    fields = ("languages", "neutrality", "availability")
