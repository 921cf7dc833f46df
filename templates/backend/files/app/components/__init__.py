"""How the app runs: each package is one process or one part of it."""
