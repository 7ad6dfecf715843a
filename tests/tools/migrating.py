"""Migrates for tests, quicker than the command does."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from inspect import getattr_static
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field
from django.utils.functional import cached_property


@contextmanager
def quick_migrations() -> Iterator[None]:
    """Let migrations build fewer of the models they look at, and copy their fields.

    Nearly all of their time goes into models that are rendered again and again. Here a new one does
    not render all that it leads to, a new field only its model and those that lead there, and an
    index or a constraint none: no other model knows of it. What a migration of our own asks is
    rendered anew for it, all of it, by Django. Half of what remains goes into clones of fields,
    which are taken apart and made again from their arguments. The tables are the same.
    """
    quicker = {
        "add_model": _add_model(ProjectState.add_model),
        "add_field": _add_field(ProjectState.add_field),
        "_append_option": _change_option(ProjectState._append_option),
        "_remove_option": _change_option(ProjectState._remove_option),
        "_find_reload_model": _find(ProjectState._find_reload_model),
    }
    with (
        patch.multiple(ProjectState, **quicker),
        patch.object(Field, "clone", _clone(Field.clone)),
    ):
        yield


@contextmanager
def _nothing_rendered(state: ProjectState) -> Iterator[Any]:
    """Keep what is rendered as it is; it is None before anybody asked for it."""
    apps = vars(state).pop("apps", None)
    yield apps
    if apps is not None:
        vars(state)["apps"] = apps


def _add_model(slowly: Any) -> Any:
    def add_model(state: ProjectState, model_state: ModelState) -> None:
        with _nothing_rendered(state) as apps:
            slowly(state, model_state)
        if apps is not None:
            apps.render_multiple([model_state])

    return add_model


def _add_field(slowly: Any) -> Any:
    def add_field(state: ProjectState, label: str, name: str, *about: Any) -> None:
        with _nothing_rendered(state):
            slowly(state, label, name, *about)
        state.reload_model(label, name, delay=True)

    return add_field


def _change_option(slowly: Any) -> Any:
    def change_option(state: ProjectState, label: str, name: str, option: str, what: Any) -> None:
        with _nothing_rendered(state) as apps:
            slowly(state, label, name, option, what)
        if apps is not None:
            now = state.models[label, name].options[option]
            setattr(apps.get_model(label, name)._meta, option, list(now))

    return change_option


def _find(slowly: Any) -> Any:
    """Leave out what a changed model leads to, where Django would not follow it to the end."""

    def find(
        state: ProjectState, label: str, name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        model = state.apps.all_models[label].get(name)
        if model is None or not delay:  # a model that was renamed is not there yet
            return slowly(state, label, name, delay)
        state.is_delayed = True
        lead_here = (one.related_model for one in model._meta.related_objects)
        meant = [model, *model.__subclasses__(), *lead_here]
        return {(one._meta.app_label, one._meta.model_name) for one in meant}

    return find


def _clone(slowly: Any) -> Any:
    def clone(field: Field) -> Field:
        if hasattr(field, "model"):
            return slowly(field)  # it belongs to a model, whose traces a copy would keep
        made = copy.deepcopy(field)  # Django's own: shallow but for the relation
        for one in filter(None, (made, made.remote_field)):
            _forget_what_was_cached(one)
        made.creation_counter = Field.creation_counter  # the order in which they are declared
        Field.creation_counter += 1
        return made

    return clone


def _forget_what_was_cached(thing: Any) -> None:
    for name in _cached_names(type(thing)) & vars(thing).keys():
        del vars(thing)[name]


@cache
def _cached_names(kind: type) -> frozenset[str]:
    named = (name for name in dir(kind) if isinstance(getattr_static(kind, name), cached_property))
    return frozenset(named)
