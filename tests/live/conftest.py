"""A knowledge folder that a test may do anything to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small knowledge."""
    copy = tmp_path / "wissen"
    shutil.copytree(small_folder, copy)
    return copy
