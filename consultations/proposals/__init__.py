"""Statements that residents propose: sent, looked at, published, or linked to an earlier one."""
