"""Fixtures, one pytest plugin a part of the project."""
