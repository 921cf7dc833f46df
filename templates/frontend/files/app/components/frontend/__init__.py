"""The pages: Flet, served by the same application as the API."""
