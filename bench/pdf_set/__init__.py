"""The second set of PDFs: invented bulletins by producers and in looks that `fixtures/producers/` does not have."""
