"""The HTTP side: FastAPI, its middleware and its routes."""
