"""Archives: millions of files, done in parts on one machine or many, judged as one run would judge them."""
