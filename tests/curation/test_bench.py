import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.curation import bench
from bot.curation.bench import measure, runs
from bot.curation.generate import generated_base
from bot.curation.peers import MissingPeer
from tests.conftest import ROOT


class InThisProcess:
    """Runs what is submitted at once, so that a test can have a hand in it."""

    def __init__(self, *_, **__):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def submit(self, function, *args):
        self.result = lambda: function(*args)
        return self


def test_a_measurement_has_plausible_figures():
    run = measure("ikz-bot", generated_base(200, 1))
    assert (run.name, run.phrasings) == ("ikz-bot", 200)
    assert 0 < run.p50 <= run.p99
    assert run.build > 0


GREEDY = """
from bot.curation import bench
from bot.curation.generate import generated_base

def greedy(phrasings):
    kept = (b"x" * 150_000_000)[:40_000_000]
    needed = [150_000_000]  # for the first question
    return lambda question: [("a", float((b"x" * (needed.pop() if needed else 1) + kept[:1])[0]))]

bench.PEERS["greedy"] = lambda phrasings: greedy(phrasings) if len(phrasings) > 20 else len
run = bench.measure("greedy", generated_base(200, 1))
print(run.before, run.resident, run.peak_build, run.peak_asking)
"""


@pytest.mark.skipif(bench._resident() is None, reason="this system does not tell")
def test_memory_is_told_as_it_was():
    # A process that has done much else may hold free memory, which is then used without holding more.
    done = subprocess.run([sys.executable, "-c", GREEDY], capture_output=True, text=True, check=True, cwd=ROOT)
    before, resident, peak_build, peak_asking = map(float, done.stdout.split())
    assert 30 < resident - before < 60  # what it keeps
    assert peak_build - before > 120  # what it needs meanwhile
    assert peak_asking - resident > 120


def test_a_system_that_does_not_tell_leaves_memory_open(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "Path", lambda _: tmp_path / "fehlt" / "status")
    run = measure("ikz-bot", generated_base(40, 1))
    assert (run.before, run.resident, run.peak_build, run.peak_asking) == (None,) * 4


def test_every_size_gets_a_line():
    done = CliRunner().invoke(cli, ["bench", "--size", "80", "--size", "160"])
    assert done.exit_code == 0
    assert [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("ikz-bot")] == [
        ["ikz-bot", "80"],
        ["ikz-bot", "160"],
    ]


def test_json_and_a_picture_of_all_methods(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "ProcessPoolExecutor", InThisProcess)
    monkeypatch.setattr(bench, "PEERS", {name: bench.PEERS[name] for name in ("wratio", "bm25")})
    picture = tmp_path / "wachstum.svg"
    done = CliRunner().invoke(cli, ["bench", "--size", "40", "--json", "--plot", str(picture)])
    assert done.exit_code == 0
    assert [(run["name"], run["phrasings"]) for run in json.loads(done.stdout)] == [
        ("ikz-bot", 40),
        ("wratio", 40),
        ("bm25", 40),
    ]
    assert picture.read_text("utf-8").startswith("<?xml")


def test_a_method_whose_package_is_missing_is_left_out(monkeypatch, capsys):
    def absent(phrasings):
        raise MissingPeer("Das Paket x fehlt.")

    monkeypatch.setattr(bench, "ProcessPoolExecutor", InThisProcess)
    monkeypatch.setattr(bench, "PEERS", {"x": absent, "wratio": bench.PEERS["wratio"]})
    assert [run.name for run in runs([8, 16], peers=True)] == ["ikz-bot", "wratio"] * 2
    assert capsys.readouterr().err.count("Das Paket x fehlt.") == 1


def test_a_size_out_of_range_is_a_german_sentence():
    done = CliRunner().invoke(cli, ["bench", "--size", "0"])
    assert (done.exit_code, "von 8 bis" in done.output) == (2, True)
