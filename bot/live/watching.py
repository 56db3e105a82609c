"""When to look into the knowledge folder: once it is quiet after a change, whatever becomes of the folder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

QUIET_MS = 150
"""So long nothing must be written before the folder is looked at."""

BUSY_MS = 900
"""It is looked at after so long even where writing goes on."""

BEAT_MS = 500
"""So often it is seen whether the folder is still the same one; and how often a network share is asked."""

LOOKS_AFTER_CHANGE = 5
"""So many beats after a change it is looked at again: a share may tell two saves within two seconds as one."""

_log = logging.getLogger(__name__)


def looks(folder: Path, network_share: bool, stop: threading.Event) -> Iterator[None]:
    """Yield each time ``folder`` should be looked at, until ``stop``; for the first time at once.

    Where the system does not tell changes, as on a ``network_share``, the files' times are asked for again and again.
    """
    polling = network_share
    while not stop.is_set():
        yield
        identity = _identity(folder)
        try:
            if identity is None:
                stop.wait(BEAT_MS / 1000)
            else:
                yield from _changes(folder, identity, polling, stop)
        except (FileNotFoundError, PermissionError):
            stop.wait(BEAT_MS / 1000)  # it went just now, or may not be read
        except (OSError, RuntimeError) as error:
            if not polling:
                _log.warning(
                    "Das System meldet keine Änderungen im Ordner der Wissensdateien (%s);"
                    " stattdessen wird zweimal in der Sekunde nachgesehen.",
                    " ".join(str(error).split()),
                )
            polling = True
            stop.wait(BEAT_MS / 1000)


def _changes(folder: Path, identity: tuple[int, int], polling: bool, stop: threading.Event) -> Iterator[None]:
    """Yield after each change and a few times after it, as long as ``folder`` is the one with this identity."""
    from watchfiles import watch

    remaining = LOOKS_AFTER_CHANGE
    for changes in watch(
        folder,
        watch_filter=None,
        debounce=BUSY_MS,
        step=QUIET_MS,
        stop_event=stop,
        rust_timeout=BEAT_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=polling or None,
        poll_delay_ms=BEAT_MS,
        recursive=False,
        ignore_permission_denied=False,  # True would hide that the system's limit is reached
    ):
        if _identity(folder) != identity:
            return
        remaining = LOOKS_AFTER_CHANGE if changes else remaining - 1
        if remaining > 0:
            yield


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder this is, however it is called; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
