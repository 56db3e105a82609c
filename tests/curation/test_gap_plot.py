"""What the picture of the gaps shows, read back from it."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import pytest

from bot.curation.gap_plot import BARS, gaps_figure
from bot.curation.gaps import Advice, Asked, Cluster, Gaps, Kind


def cluster(question: str, **counts: int) -> Cluster:
    asked = Asked(question, Counter({Kind(kind): count for kind, count in counts.items()}))
    return Cluster((asked,), asked, None, 0.0, Advice.NEW_ENTRY)


def test_a_bar_is_as_long_as_the_matter_was_asked_often() -> None:
    clusters = (cluster("Wer?", unanswered=4, not_picked=3, down_voted=2), cluster("Wo?", unanswered=5))
    figure = gaps_figure(Gaps(clusters))
    (axes,) = figure.axes
    ends = [max(bar[row].get_x() + bar[row].get_width() for bar in axes.containers) for row in range(2)]
    assert ends == [9, 5]
    assert [text.get_text() for text in axes.texts] == ["9", "5"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Wer?", "Wo?"]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "ohne Antwort",
        "kein Vorschlag passte",
        "nicht hilfreich",
    ]
    assert axes.yaxis_inverted(), "the largest stands on top"


def test_labels_stay_readable_whatever_was_asked() -> None:
    text = "Was kosten $x$ " + "sehr lange Wörter " * 20
    figure = gaps_figure(Gaps((cluster(text, unanswered=1), cluster("Übergroß\x1b[31m\nböse", unanswered=1))))
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert all(len(line) <= 48 for label in labels for line in label.splitlines())
    assert len(labels[0].splitlines()) == 2
    assert "\x1b" not in labels[1]
    figure.savefig(BytesIO(), format="png")  # a formula that is none would fail here


@pytest.mark.parametrize("count", [0, 1, BARS + 7])
def test_any_number_of_groups_can_be_drawn(count: int) -> None:
    figure = gaps_figure(Gaps(tuple(cluster(f"Frage {n}?", unanswered=n + 1) for n in range(count))))
    figure.savefig(BytesIO(), format="png")
    said = [t.get_text() for t in figure.axes[0].texts] + [figure.axes[0].get_xlabel()]
    assert ("Keine offenen Fragen im Journal" in said) == (count == 0)
    assert any("7 kleinere Gruppen fehlen" in text for text in said) == (count > BARS)
