"""Background tasks: how they wait, how they are run, and what becomes of those that fail."""
