"""A language server: what `check` says of a text or a pack, told to an editor while it is written."""
