"""The demo partnership of two invented cities."""
