"""The form of an official answer: languages side by side, half written as long as it must be."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consultations.models import ConsultationPage
from consultations.official.models import LONGEST_ANSWER, AnswerSheet, OfficialAnswer
from consultations.official.refusals import TargetElsewhere
from consultations.official.services import account_for_the_rest, keep_answer
from consultations.roadmap.models import Commitment
from partnership.pages.editing import ThingForm
from partnership.pages.languages import CODES, localized, own_name
from partnership.people.text_fields import PlainTextField


class OfficialAnswerForm(ThingForm):
    """What is asked for in every language is asked when the cities are to sign it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sheet"].queryset = self._sheets()
        fields["sheet"].disabled = bool(self.instance.pk)
        fields["sheet"].empty_label = None
        promises = Commitment.objects.select_related("roadmap").order_by("-roadmap__year", "number")
        fields["commitments"].queryset = promises
        if self.instance.sheet_id:
            page = self.instance.sheet.consultation
            fields["theme"].queryset = fields["theme"].queryset.filter(consultation=page)

    def _sheets(self) -> Any:
        sheets = AnswerSheet.objects.select_related("consultation")
        if self.for_user is None or self.for_user.is_superuser:
            return sheets
        own = ConsultationPage.objects.of_moderator(self.for_user)
        return sheets.filter(consultation__in=own.values("pk"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        sheet = cleaned.get("sheet")
        if sheet is None:
            return cleaned
        for name in ("statement", "contribution", "question", "theme"):
            target = cleaned.get(name)
            if target is not None and target.consultation_id != sheet.consultation_id:
                self.add_error(name, str(TargetElsewhere()))
        return cleaned

    def save(self, commit: bool = True) -> OfficialAnswer:
        """Keep it; what the cities had signed before is void."""
        self.confirm_by_hand()
        promises = self.cleaned_data.get("commitments")
        return keep_answer(self.instance, commitments=promises, by=self.for_user)


class RestForm(forms.Form):
    """Why the rest has no answer of its own, in every language or in none."""

    def __init__(self, *args: Any, sheet: AnswerSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for code in CODES:
            self.fields[localized("rest", code)] = PlainTextField(
                label=format_lazy("{} ({})", _("Why the rest has no answer"), own_name(code)),
                max_length=LONGEST_ANSWER,
                required=False,
                initial=getattr(sheet, localized("rest", code)),
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        texts = {code: cleaned.get(localized("rest", code), "") for code in CODES}
        if any(texts.values()):
            for code in (code for code, text in texts.items() if not text):
                self.add_error(
                    localized("rest", code), _("Write it in every language, or in none.")
                )
        return cleaned

    def save(self, *, by: Any) -> None:
        """Keep it; what the cities had signed before is void."""
        reasons = {code: self.cleaned_data[localized("rest", code)] for code in CODES}
        account_for_the_rest(self.sheet, reasons=reasons, by=by)
