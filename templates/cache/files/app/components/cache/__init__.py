"""Values that are kept for a while, so that they are not made anew for everyone who asks."""
