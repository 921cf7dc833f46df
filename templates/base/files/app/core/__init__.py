"""What every part builds on: settings, errors, logging."""
