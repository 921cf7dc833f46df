"""Business logic, one package a service, free of HTTP."""
