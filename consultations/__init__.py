"""Asking residents, counting and answering."""
