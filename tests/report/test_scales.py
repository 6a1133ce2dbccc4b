"""Axes and places of labels."""

from __future__ import annotations

import itertools

import pytest
from unitcost_report.charts import scales
from unitcost_report.charts.scales import Range


@pytest.mark.parametrize(
    ("scale", "most"),
    [
        (Range(0.3, 2e9, 400, log=True, unit="ns"), 10),
        (Range(17, 6000, 330, log=True, unit="ns"), 8),
        (Range(95, 130, 330, log=True, unit="ns"), 8),
        (Range(101, 103, 330, log=True, unit="ns"), 8),
        (Range(5000, 7000, 330, log=True, unit="bytes"), 5),
        (Range(3500, 6e8, 700, log=True, unit="bytes"), 11),
        (Range(0, 5.1, 330, log=False, unit="ns"), 8),
        (Range(0.9, 8.3, 330, log=False, unit="threads"), 11),
        (Range(0, 1e6, 330, log=False, unit="bytes"), 6),
        (Range(-2, 3, 330, log=False, unit="ratio"), 6),
    ],
)
def test_ticks_are_few_on_the_axis_and_differ_in_words(scale: Range, most: int) -> None:
    found = scales.ticks(scale, most)
    assert 2 <= len(found) <= most
    assert all(scale.holds(value) for value in found)
    labels = scales.tick_labels(found, scale.unit)
    assert len(set(labels)) == len(labels)


def test_threads_have_whole_ticks() -> None:
    assert scales.ticks(Range(0.9, 4.1, 300, log=False, unit="threads"), 11) == [1, 2, 3, 4]


def test_numbers_of_threads_double() -> None:
    assert scales.ticks(Range(0.9, 17, 300, log=True, unit="count"), 11) == [1, 2, 4, 8, 16]


def test_zero_needs_no_unit() -> None:
    assert scales.tick_labels([0.0, 50.0], "s")[0] == "0"


def test_place_and_value_are_inverse() -> None:
    for log in (False, True):
        scale = Range(2.0, 50.0, 300, log=log, unit="ns")
        assert scale.value_at(scale.place(7.0)) == pytest.approx(7.0)


@pytest.mark.parametrize("log", [False, True])
def test_a_far_claim_shows_its_near_end_and_does_not_squeeze_the_data(log: bool) -> None:
    scale = scales.value_range([30.0, 60.0], [(5e4, 1e9)], 300, log=log, unit="ns")
    assert scale.holds(5e4)
    assert not scale.holds(1e9)


def test_a_near_claim_is_seen_whole() -> None:
    scale = scales.value_range([1.5], [(1.0, 2.0), (None, 4.0)], 300, log=True, unit="ns")
    assert all(scale.holds(end) for end in (1.0, 2.0, 4.0))


@pytest.mark.parametrize("values", [[], [0.0], [-1.0, 0.0], [5.0], [5.0, 5.0]])
@pytest.mark.parametrize("log", [False, True])
def test_degenerate_values_still_have_an_axis(values: list[float], log: bool) -> None:
    scale = scales.value_range(values, [], 300, log=log, unit="ns")
    assert scale.low < scale.high
    assert scale.low > 0 or not log
    swept = scales.position_range(values, 300, log=log, unit="bytes")
    assert swept.low < swept.high


def test_labels_are_spread_and_keep_their_order() -> None:
    placed = scales.spread([10.0, 11.0, 12.0, 200.0], 15.0, 0.0, 300.0)
    assert placed == sorted(placed)
    assert all(b - a >= 15.0 - 1e-9 for a, b in itertools.pairwise(placed))
    assert placed[0] >= 0.0


def test_labels_that_would_cover_each_other_get_rows() -> None:
    rows = scales.rows_of_labels([100.0, 110.0, 400.0], ["cliff 48 KiB", "cliff 64 KiB", "cliff 2 MiB"], 11, 500)
    assert rows[0] != rows[1]
    assert rows[2] == 0


def test_texts_are_as_wide_as_arial() -> None:
    assert scales.text_width("iii", 10) == pytest.approx(6.66)
    assert scales.text_width("WWW", 10) == pytest.approx(28.32)
