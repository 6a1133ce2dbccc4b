"""What is refused, with the place in the message, and what is taken as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import report_sample
from unitcost_report.load import load
from unitcost_report.reader import BadAnalysisError


def refused(folder: Path, change: Callable[[Any], None]) -> str:
    """The message with which the changed sample is refused."""
    document = report_sample.small()
    change(document)
    with pytest.raises(BadAnalysisError) as caught:
        load(report_sample.write(folder, document))
    return str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadAnalysisError, match=r"analysis\.json: No such file"):
        load(tmp_path / "analysis.json")


@pytest.mark.parametrize("text", ["", "{", "[1,]", '{"schema": NaN}', '{"schema": 1e999}', "[" * 100_000])
def test_what_is_not_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "analysis.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadAnalysisError):
        load(path)


def test_another_schema_is_refused_with_both_numbers(tmp_path: Path) -> None:
    message = refused(tmp_path, lambda d: d.update(schema=2))
    assert "schema 1" in message
    assert "'2'" in message


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d["figures"][0].update(kind=3), "figures[0].kind: expected a text"),
        (lambda d: d["figures"][0]["series"][0]["points"][1].update(y="fast"), "figures[0].series[0].points[1].y"),
        (lambda d: d["claims"][0].update(verdict="maybe"), "claims[0].verdict: expected one of holds"),
        (lambda d: d["claims"][0].update(interval=[1]), "claims[0].interval: expected two numbers"),
        (lambda d: d["run"].update(preview="no"), "run.preview: expected true or false"),
        (lambda d: d["run"].update(rounds=1.5), "run.rounds: expected a whole number"),
        (lambda d: d.update(claims={}), "claims: expected a list"),
        (lambda d: d.update(run=None), "run: expected an object"),
        (lambda d: d["ladder"]["rows"][2].update(value_ns=True), "ladder.rows[2].value_ns: expected a number"),
    ],
)
def test_a_wrong_type_is_refused_with_its_place(tmp_path: Path, change: Callable[[Any], None], place: str) -> None:
    assert place in refused(tmp_path, change)


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden", "a b", "x" * 200, "ladder"])
def test_a_figure_id_that_is_no_file_name_or_taken_is_refused(tmp_path: Path, name: str) -> None:
    assert "figures[0].id" in refused(tmp_path, lambda d: d["figures"][0].update(id=name))


def test_two_figures_of_one_id_are_refused(tmp_path: Path) -> None:
    assert "used twice" in refused(tmp_path, lambda d: d["figures"].append(d["figures"][0]))


def test_absent_parts_are_empty(tmp_path: Path) -> None:
    document = {"schema": 1, "id": "0123456789ab", "run": {"id": "r"}}
    analysis = load(report_sample.write(tmp_path, document))
    assert analysis.all_figures == ()
    assert analysis.claims == ()
    assert analysis.hierarchy is None


def test_texts_lose_what_xml_cannot_hold(tmp_path: Path) -> None:
    document = report_sample.small()
    path = report_sample.write(tmp_path, document)
    document["claims"][0]["reason"] = "a\x00b\ud800c\nd"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert load(path).claims[0].reason == "a b c d"


def test_a_text_in_a_missing_language_falls_back_to_english(tmp_path: Path) -> None:
    document = report_sample.small()
    document["claims"][0]["says"] = {"en": "yes", "pt": "sim"}
    document["claims"][1]["says"] = {"pt": "só"}
    claims = load(report_sample.write(tmp_path, document)).claims
    assert [claims[0].says.get(language) for language in ("en", "pt", "ko")] == ["yes", "sim", "yes"]
    assert claims[1].says.get("en") == "só"
    assert claims[1].says.language("en") == "pt"
