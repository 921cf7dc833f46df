"""Tests; `uv run app test` runs them with coverage."""
