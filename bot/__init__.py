"""ikz-bot: answers questions about interkommunale Zusammenarbeit from curated knowledge."""

__version__ = "0.1.0"
