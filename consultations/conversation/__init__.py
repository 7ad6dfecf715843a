"""Talking to each other: orders and pages, support, second thoughts, reports."""
