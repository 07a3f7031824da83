"""bulletin-lint: a document-conformance linter for numbered work bulletins (简报)."""

__version__ = "0.1.0"
