"""The charts of a report as SVG: few, with the report's font, and told apart by more than colour when printed in black.

Imported by the press alone: matplotlib takes half a second and 60 MB.
"""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from server.reports.fonts import FONT_FILE

DARK, PALE, INK = "#17456b", "#c9d8e6", "#222222"
HATCH = "////"
WIDTH = 6.7
"""Inches: the width between the margins of the page, so that letters keep their size."""
CROWDED = 1000
"""From here on figures over the bars would touch each other; they stand in the table below."""
ROOM = 0.015
"""Of the longest bar: what each character of a figure takes; a part with less room goes without."""
MOST_TYPES = 12
LONGEST_LABEL = 44
CLOCKS = "met", "running", "missed"
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "path",
    "text.parse_math": False,  # a dollar sign is one
    "svg.hashsalt": "prasan",  # the same numbers give the same bytes
    "font.size": 9,
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#888888",
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
}


def charts(numbers: Mapping[str, Any]) -> dict[str, str]:
    """Give each chart that has anything to show."""
    font_manager.fontManager.addfont(str(FONT_FILE))
    family = font_manager.FontProperties(fname=str(FONT_FILE)).get_name()
    with mpl.rc_context({**_STYLE, "font.family": family}):
        drawn = {"course": _course, "types": _types, "clocks": _clocks}
        return {name: draw(numbers[name]) for name, draw in drawn.items() if _has_any(numbers[name])}


def _has_any(columns: Mapping[str, Sequence[Any]]) -> bool:
    return any(value for name, values in columns.items() if name != "labels" for value in values)


def _course(of: Mapping[str, Any]) -> str:
    """Draw openings and closings of the months side by side."""
    figure, axes = _sheet(2.3)
    places, half = range(len(of["labels"])), 0.19
    opened = axes.bar([at - half for at in places], _heights(of["opened"]), 2 * half, color=DARK, label="รับเรื่อง")
    closed = axes.bar([at + half for at in places], _heights(of["closed"]), 2 * half, label="ยุติเรื่อง", **_pale())
    if max(*_heights(of["opened"]), *_heights(of["closed"])) < CROWDED:
        for bars, values in ((opened, of["opened"]), (closed, of["closed"])):
            axes.bar_label(bars, _labels(values), padding=1, fontsize=7)
    axes.set_xticks(list(places), of["labels"])
    axes.tick_params(length=0)
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    return _svg(figure)


def _types(of: Mapping[str, Any]) -> str:
    """Draw what most people came with, the most first; the table has them all."""
    rows = sorted(zip(of["labels"], of["opened"], strict=True), key=lambda row: -(row[1] or 0))[:MOST_TYPES]
    labels, values = [_cut(label) for label, _ in rows], [value for _, value in rows]
    figure, axes = _sheet(0.5 + 0.24 * len(rows))
    bars = axes.barh(range(len(rows)), _heights(values), 0.62, color=DARK)
    axes.bar_label(bars, _labels(values), padding=3, fontsize=8)
    _across(axes, labels)
    return _svg(figure)


def _clocks(of: Mapping[str, Any]) -> str:
    """Draw of each agency what was done in time, runs, and was missed, one after the other."""
    figure, axes = _sheet(0.75 + 0.36 * len(of["labels"]))
    left = [0.0] * len(of["labels"])
    character = ROOM * max(map(sum, zip(*(_heights(of[name]) for name in CLOCKS), strict=True)))
    empty = {"color": "#ffffff", "edgecolor": DARK, "linewidth": 0.8}
    looks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("ทันกำหนด", {"color": DARK}),
        ("ยังไม่ครบกำหนด", empty),
        ("เกินกำหนด", _pale()),
    )
    for name, (label, look) in zip(CLOCKS, looks, strict=True):
        heights = _heights(of[name])
        bars = axes.barh(range(len(heights)), heights, 0.62, left=left, label=label, **look)
        color = "#ffffff" if name == "met" else INK
        box = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.8} if name == "missed" else None
        axes.bar_label(
            bars,
            [
                label if height > (len(label) + 1) * character else ""
                for label, height in zip(_labels(of[name]), heights, strict=True)
            ],
            label_type="center",
            fontsize=8,
            color=color,
            bbox=box,
        )
        left = [start + height for start, height in zip(left, heights, strict=True)]
    _across(axes, [_cut(label) for label in of["labels"]])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
    return _svg(figure)


def _pale() -> dict[str, Any]:
    return {"color": PALE, "edgecolor": DARK, "hatch": HATCH, "linewidth": 0.8}


def _sheet(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.add_subplot()


def _across(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels, verticalalignment="center_baseline")
    axes.invert_yaxis()
    axes.tick_params(length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)


def _heights(values: Sequence[int | None]) -> list[float]:
    """What is withheld has no bar; its label says so."""
    return [float(value or 0) for value in values]


def _labels(values: Sequence[int | None]) -> list[str]:
    return ["—" if value is None else f"{value:,}" for value in values]


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _svg(figure: Figure) -> str:
    written = StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()
