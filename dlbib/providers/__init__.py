"""Identifiers to entries, one module per metadata service."""
