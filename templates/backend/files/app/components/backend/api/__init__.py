"""Routes, one package a service."""
