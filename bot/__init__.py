"""ikz-bot: answers questions about interkommunale Zusammenarbeit from curated knowledge."""

import os

__version__ = "0.1.0"

# The matrices of one question are so small that several threads only wait for each other: on a busy machine with two
# cores a reply took more than 100 ms instead of 1.5. Must be set before numpy is imported for the first time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
