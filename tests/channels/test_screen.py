"""Writing lines: plain and unwrapped where it is no terminal."""

import pytest

from bot.channels.lines import Line, Look
from bot.channels.screen import Screen


def test_a_line_stays_one_line_outside_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().write([Line("Wort " * 100, Look.NOTICE), Line("[red]wörtlich[/red] :smile:")])
    assert capsys.readouterr().out == "Wort " * 100 + "\n[red]wörtlich[/red] :smile:\n"


def test_nothing_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().write([Line("a\x1b[31mb\ud800\x07")])
    assert capsys.readouterr().out == "a�[31mb��\n"
