"""Is what was signed what was written? Two forms of one issue compared, whatever kinds of file they are."""
