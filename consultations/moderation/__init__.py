"""Decisions about residents' words: reasons, appeals, removal for good, a public log."""
