from click.testing import CliRunner

from bot.cli import cli
from bot.curation.bench import measure


def test_a_measurement_has_plausible_figures():
    run = measure("ikz-bot", 200)
    assert (run.name, run.phrasings) == ("ikz-bot", 200)
    assert 0 < run.p50 <= run.p99
    assert run.build > 0 <= run.megabytes


def test_every_size_gets_a_line():
    done = CliRunner().invoke(cli, ["bench", "--size", "80", "--size", "160"])
    assert done.exit_code == 0
    assert [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("ikz-bot")] == [
        ["ikz-bot", "80"],
        ["ikz-bot", "160"],
    ]


def test_a_size_out_of_range_is_a_german_sentence():
    done = CliRunner().invoke(cli, ["bench", "--size", "0"])
    assert (done.exit_code, "von 8 bis" in done.output) == (2, True)
