"""What the processes tell of themselves: traces, metrics, and logs that fit together with both."""
