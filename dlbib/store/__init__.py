"""Entries to rows and back."""
