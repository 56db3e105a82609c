"""Search: a question → the entries that may answer it, with the evidence for each."""
