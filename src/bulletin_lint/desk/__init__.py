"""The editor's desk: bulletins looked at, signed off, compared, and served to a browser."""
