"""A page that shows how all parts of the project are."""
