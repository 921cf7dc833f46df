"""The pages for signing in, registering, and looking after one's sessions."""
