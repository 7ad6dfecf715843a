"""The form of a thing that others may have open too: nobody undoes what they have not seen.

The form keeps digests of what it showed. When something else is stored by the time it is sent,
nothing is saved: what the editor left alone shows what is stored now, what they wrote stays
with the other's words beside it, and the next save goes through, because by then both were
seen. What somebody added meanwhile stays, and is no reason to ask.
"""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partnership.pages.two_hands import seen
from partnership.pages.two_hands.words import in_words, name_of, name_of_row
from partnership.people.forms import OneUseTokenField

AS_OPENED, TOKEN = "as_opened", "form_token"


class AsOpenedField(forms.CharField):
    """Hidden: what the form shows of what is stored; shown again it tells of what is now."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class TwoHandsForm:
    """Part of every form of a thing that is no page and is public as soon as it is saved.

    It also holds a token that can be used once: ``AddThing`` and ``EditThing`` spend it.
    """

    fields: dict[str, Any]
    formsets: dict[str, Any]
    initial: dict[str, Any]
    instance: Any
    data: Any
    is_bound: bool

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self._gone: dict[str, str] = {}
        instance = kwargs.get("instance")
        if data is not None and instance is not None and instance.pk:
            data = self._without_what_is_gone(data, instance)
        super().__init__(data, files, **kwargs)  # type: ignore[call-arg]  # of the form beside
        self._stored_rows: dict[str, dict[str, Any]] = {}
        for name, formset in self._sets_of_rows:
            self._stored_rows.setdefault(name, {}).update(_stored(formset))
        self.fields[TOKEN] = OneUseTokenField(purpose=token_purpose(type(self.instance)))
        if self.instance.pk:
            self.fields[AS_OPENED] = AsOpenedField(required=False, initial=self._as_stored)

    def is_valid(self) -> bool:
        """Also ask whether somebody changed what this editor has not seen."""
        is_valid: bool = super().is_valid()
        return self._is_up_to_date and is_valid

    # What is stored, and what was seen -----------------------------------------------------

    def _as_stored(self) -> str:
        rows = {
            name: {key: seen.digests(values) for key, values in stored.items()}
            for name, stored in self._stored_rows.items()
        }
        return seen.written_down(seen.digests(self._own_values), rows)

    @property
    def _own_values(self) -> dict[str, Any]:
        """What is stored of the thing itself, of what can be changed here."""
        can_be_changed = {name for name, field in self.fields.items() if not field.disabled}
        return {name: self.initial[name] for name in self.initial if name in can_be_changed}

    def _without_what_is_gone(self, data: Any, instance: Any) -> QueryDict:
        """Rows that somebody deleted have a number no more: what was typed counts as new."""
        data = data.copy()
        for name, formset in type(self).formsets.items():
            rows = getattr(instance, name).all()
            self._forget(data, rf"{name}-[0-9]+-id", rows)
            for below, inner in getattr(formset.form, "formsets", {}).items():
                parts = inner.model._default_manager.filter(**{f"{inner.fk.name}__in": rows})
                self._forget(data, rf"{name}-[0-9]+-{below}-[0-9]+-id", parts)
        return data

    def _forget(self, data: QueryDict, pattern: str, rows: Any) -> None:
        there = {str(pk) for pk in rows.values_list("pk", flat=True)}
        for key in [each for each in data if re.fullmatch(pattern, each)]:
            if data[key] and data[key] not in there:
                self._gone[key.removesuffix("-id")] = data[key]
                data[key] = ""

    @property
    def _sets_of_rows(self) -> Iterator[tuple[str, Any]]:
        """Every set of rows with its name, and those that rows have below them."""
        for name, formset in self.formsets.items():
            yield name, formset
            for row in formset.forms:
                for below, inner in getattr(row, "formsets", {}).items():
                    yield f"{name}/{below}", inner

    # Comparing -----------------------------------------------------------------------------

    @cached_property
    def _is_up_to_date(self) -> bool:
        as_opened = seen.read(self.data.get(AS_OPENED, "")) if self.is_bound else None
        if as_opened is None or not self.instance.pk:
            return True
        own, rows = as_opened
        names = _compare(self, own, self._own_values)
        for name, formset in self._sets_of_rows:
            for row in formset.initial_forms:
                row.is_valid()  # a set of rows that is refused leaves off at the first
                dropped = formset._should_delete_form(row)
                names += self._compare_row(name, row, rows.get(name, {}), is_dropped=dropped)
        if names:
            self._say(names)
        return not names

    def _say(self, names: list[str]) -> None:
        words = _(
            "Somebody changed this since you opened it: %(names)s. Nothing was saved yet. "
            "Look at it below, then save again."
        )
        self.add_error(None, words % {"names": ", ".join(names)})

    def _compare_row(
        self, name: str, row: Any, rows: dict[str, seen.Digests], *, is_dropped: bool
    ) -> list[str]:
        gone = self._gone.get(row.prefix, "")
        before = rows.get(gone or str(row.instance.pk), {})
        if gone:
            return [] if is_dropped or not before else self._tell_it_is_gone(row, before)
        now = self._stored_rows[name].get(str(row.instance.pk), {})
        if is_dropped:
            changed = [each for each in before if before[each] != seen.digest(now.get(each))]
            return [name_of_row(row.instance)] if changed else []
        names = _compare(row, before, now)
        return [f"{name_of_row(row.instance)}: {', '.join(names)}"] if names else []

    def _tell_it_is_gone(self, row: Any, before: seen.Digests) -> list[str]:
        """What the editor left alone goes; what they wrote can be put back."""
        if all(_typed(row, name) == before[name] for name in before):
            self.data[f"{row.prefix}-DELETE"] = "1"
        else:
            words = _(
                "Somebody deleted this since you opened it. Save again to put it back as it "
                "is here, or delete it here, too."
            )
            row.add_error(None, words)
        return [_("%(row)s (deleted)") % {"row": name_of_row(row.instance)}]


def token_purpose(model: type[Model]) -> str:
    """Return what the token of this kind of thing is for."""
    return f"thing.{model._meta.label_lower}"


def _stored(formset: Any) -> dict[str, dict[str, Any]]:
    """What is stored of the rows, by their keys, before the form writes into them."""
    names = list(formset.form.base_fields)
    return {str(row.pk): model_to_dict(row, names) for row in formset.get_queryset() if row.pk}


def _compare(form: Any, before: seen.Digests, now: dict[str, Any]) -> list[str]:
    """Say beside each field what somebody changed since; return the names of those fields."""
    changed = [
        name
        for name, value in now.items()
        if before.get(name, seen.digest(value)) != seen.digest(value)
        and _typed(form, name) != seen.digest(value)
    ]
    for name in changed:
        if _typed(form, name) == before[name]:
            _show_theirs(form, name, now[name])
        else:
            _show_beside(form, name, now[name])
    return [name_of(type(form.instance), name) for name in changed]


def _typed(form: Any, name: str) -> str:
    """The digest of what was typed; of what was refused there is none."""
    if name in form.errors or name not in form.cleaned_data:
        return ""
    return seen.digest(form.cleaned_data[name])


def _show_theirs(form: Any, name: str, value: Any) -> None:
    vars(form.fields[name])["bound_data"] = lambda _data, _initial: value
    form.add_error(
        name, _("Somebody changed this since you opened it. Here it is as it stands now.")
    )


def _show_beside(form: Any, name: str, value: Any) -> None:
    words = in_words(form.fields[name], value)
    if words:
        told = _(
            "Somebody changed this since you opened it. Now it says: “%(words)s”. What you wrote "
            "is still here; save again to put it in its place."
        )
        form.add_error(name, told % {"words": words})
    else:
        told = _(
            "Somebody changed this since you opened it. What you wrote is still here; save again "
            "to put it in its place."
        )
        form.add_error(name, told)
