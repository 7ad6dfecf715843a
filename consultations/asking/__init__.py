"""Asking well: how each kind of question is shown, checked and measured."""
