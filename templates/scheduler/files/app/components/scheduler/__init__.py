"""Jobs at fixed times, in a process of their own."""
