"""Numbers as a reader meets them."""

from __future__ import annotations

import pytest
from unitcost_report import units


def plain(text: str) -> str:
    """With ordinary spaces, to be readable here."""
    return text.replace(units.NARROW_SPACE, " ").replace(units.NO_BREAK, " ")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1540, "ns", "1.54 µs"),
        (1.52, "ns", "1.52 ns"),
        (0.25, "ns", "0.250 ns"),
        (999.4, "ns", "999 ns"),
        (999.6, "ns", "1.00 µs"),
        (999600, "ns", "1.00 ms"),
        (12, "ms", "12.0 ms"),
        (0.012, "s", "12.0 ms"),
        (152340, "ns/page", "152 µs/page"),
        (7.4e12, "ns", "7 400 s"),
        (49152, "bytes", "48 KiB"),
        (1310720, "bytes", "1.25 MiB"),
        (1044480, "bytes", "1 020 KiB"),
        (1, "bytes", "1 B"),
        (2.5e9, "bytes_per_second", "2.5 GB/s"),
        (7451024865, "neighbour_bytes/s", "7.45 GB/s"),
        (4608, "device_bytes/page", "4.5 KiB/page"),
        (918, "ratio", "918 ×"),
        (0.041, "ratio", "0.0410 ×"),
        (29997, "calls", "29 997 calls"),
        (1, "threads", "1 thread"),
        (1, "calls/byte", "1 calls/byte"),
        (1.0049, "faults/page", "1.00 faults/page"),
        (30000, "", "30 000"),
        (2, "peak inside", "2 peak inside"),
        (2.5, "peak inside", "2.50 peak inside"),
        (0, "ns", "0 ns"),
        (-3.5, "ns", "−3.50 ns"),
        (0.0000123, "ratio", "1.23 · 10⁻⁵ ×"),
        (None, "ns", "—"),
    ],
)
def test_a_quantity_has_three_digits_and_a_fitting_unit(value: float | None, unit: str, expected: str) -> None:
    assert plain(units.quantity(value, unit)) == expected


def test_an_interval_is_printed_in_the_unit_of_its_value() -> None:
    assert plain(units.estimate(999.0, 990.0, 1010.0, "ns")) == "999 ns [990, 1 010]"


def test_an_estimate_without_interval_is_the_value_alone() -> None:
    assert plain(units.estimate(3.0, None, None, "calls/byte")) == "3 calls/byte"


def test_an_exact_count_has_no_interval() -> None:
    assert plain(units.estimate(30000.0, 30000.0, 30000.0, "calls")) == "30 000 calls"


def test_an_interval_is_whole_or_it_is_not() -> None:
    assert plain(units.interval(3.0, 3.004, "calls", 3.0)) == "[3.00, 3.00]"
    assert plain(units.interval(9.0, 10.0, "calls", 9.0)) == "[9, 10]"


def test_a_missing_estimate_is_a_dash() -> None:
    assert units.estimate(None, 1.0, 2.0, "ns") == units.DASH


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("bytes", "65536", "64 KiB"),
        ("sum_bytes", "1024", "1 KiB"),
        ("threads", "8", "8 threads"),
        ("threads", "1", "1 thread"),
        ("kernel", "pure_python", "pure python"),
        ("bytes", "inf", "inf"),
    ],
)
def test_a_swept_parameter_reads_as_people_write_it(name: str, value: str, expected: str) -> None:
    assert plain(units.axis_value(name, value)) == expected


def test_ends_of_an_interval_are_said_alike() -> None:
    assert plain(units.change_interval(0.511, 7.66)) == "[0.511 ×, 7.66 ×]"
    assert plain(units.change_interval(0.4, 1.1)) == "[0.400 ×, 1.10 ×]"
    assert plain(units.change_interval(0.98, 1.04)) == f"[{units.MINUS}2.00 %, +4.00 %]"


def test_one_is_no_plural() -> None:
    assert [units.plural(n, "case") for n in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]


@pytest.mark.parametrize(
    ("seconds", "expected"), [(540.1, "9 min"), (3725, "1 h 2 min 5 s"), (0.2, "0 s"), (None, "—")]
)
def test_a_duration_names_its_parts(seconds: float | None, expected: str) -> None:
    assert plain(units.duration(seconds)) == expected
