"""Curation: measuring how good the answers are, and fitting the confidence; never used while answering."""
