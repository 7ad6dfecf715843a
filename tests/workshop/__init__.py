"""Tests of the house itself: its rooms, floors, style and papers."""
