"""Pages of gates: the answer and its reason at the top, which cases gate, thresholds in the forest, accepted changes, creep."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from comparison_pages import Page, page, unitcost
from run_folders import CASES, GONE, NEW, make_side
from test_comparison_page import plain
from unitcost_report import charts, render, units
from unitcost_report.comparison import figures, gating, load_gate
from unitcost_report.comparison.model import Document, Gate
from unitcost_report.comparison.row import STATES
from unitcost_report.reader import Node

SLOW, CREPT, ACCEPTED = CASES


def read(found: Page) -> Document:
    return load_gate.document(Node(found.document), found.name)


def card(found: Page) -> str:
    """What stands about the gate, in words."""
    return plain(re.search(r'<section class="card gate" id="gate">.*?</section>', found.html, flags=re.S)[0])


def ledger(found: Page) -> list[str]:
    return [plain(row) for row in re.findall(r'<tr class="claim".*?</tr>', found.html, flags=re.S)]


def gate_of(folder: Path, new: Path, old: Path, status: int, *more: str) -> Page:
    ended = unitcost(folder, "gate", new, "--baseline", old, "--report", folder / "page", *more)
    return page(folder / "page", "gate.json", ended, status)


def test_the_answer_stands_before_facts_counts_and_figures(gated: Page) -> None:
    html = gated.html
    parts = ('id="gate"', "Facts that differ", 'class="tally"', "<figure", 'id="ledger-table"')
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)
    assert "<title>Unitcost: Gate failed: new against baseline and release</title>" in html
    text = card(gated)
    assert text.split()[:1] == ["failed"]
    assert "3 cases are worse by more than the margin with the whole interval" in text
    assert gated.document["verdict"].partition(": ")[2] in text


def test_the_cases_that_decided_are_named_with_baseline_direction_and_margin(gated: Page) -> None:
    text = card(gated)
    first = text[: text.index("Which cases gate")]
    assert f"{SLOW} against baseline" in first
    assert f"{SLOW} against release" in first
    assert f"{CREPT} against release" in first
    assert f"{CREPT} against baseline" not in first
    assert first.count("Slower: +") == first.count("lies beyond the margin of +2.00 %") == 3
    assert GONE not in first


def test_which_cases_gate_and_why_the_others_do_not(gated: Page) -> None:
    text = card(gated)
    idle = text[text.index("Which cases gate") : text.index("Accepted changes")]
    assert "4 of 8 cases gate; 4 cannot fail the gate:" in idle
    assert idle.count(f"{ACCEPTED} against") == 2
    assert idle.count("accepted until 2999-12-31") == 2
    assert idle.count("new: has no such case") == 2
    assert SLOW not in idle
    rows = ledger(gated)
    assert sum("fails beyond +2.00 %" in row for row in rows) == 4
    assert sum("does not gate" in row for row in rows) == 2
    assert sum("accepted until" in row for row in rows) == 2


def test_accepted_changes_have_their_last_day_commit_and_reason(gated: Page) -> None:
    text = card(gated)
    accepted = text[text.index("Accepted changes") : text.index("Creep since")]
    assert accepted.count("2999-12-31 cccccccccc bounds are checked") == 2
    assert "up to +30.0 %" in accepted
    assert "The rule of line 9 for old/* ran out on 2001-12-31" in text


def test_creep_since_the_release_is_shown_beside_the_last_step(gated: Page) -> None:
    text = card(gated)
    creep = text[text.index("Creep since release") :]
    assert "1 case is beyond the margin against release and not against baseline: small steps that add up." in creep
    by_case = {
        row["case"]: [units.change(row["ratio"]).replace(units.NO_BREAK, " ") for row in (row, before)]
        for row, before in zip(*(side["rows"] for side in reversed(gated.document["against"])), strict=True)
        if "ratio" in row
    }
    shown = creep[creep.index(f"{CREPT} crept") :]
    assert shown.index(by_case[CREPT][0]) < shown.index("regression") < shown.index(by_case[CREPT][1])
    assert "no relevant change" in shown[: shown.index("memory/walk", 10)]
    assert creep.count("crept ") == 1


def test_facts_that_differ_and_what_was_declared(gated: Page) -> None:
    assert "Declared to differ: kernel." in card(gated)
    html = gated.html
    first = plain(html[html.index('id="first"') : html.index("<figure")])
    assert first.count("kernel set-up 6.1.0 6.2.0") == 2
    assert NEW in plain(html[html.index('id="warnings"') :])


def test_every_case_is_in_the_table_with_its_state(gated: Page, gated_duel: Page) -> None:
    for found in (gated, gated_duel):
        document = read(found)
        rows = [row for one in document.comparisons for row in one.judged]
        assert len(ledger(found)) == len(rows) == sum(len(side["rows"]) for side in found.document["against"])
        for text, row in zip(ledger(found), rows, strict=True):
            assert text.strip().startswith(STATES[row.outcome])
            assert row.key in text
        with (found.folder / "figures" / "rows.csv").open(encoding="utf-8", newline="") as file:
            assert [line["outcome"] for line in csv.DictReader(file)] == [row.outcome for row in rows]


def test_the_forest_has_a_threshold_for_each_case_that_gates_and_no_other(gated: Page, gated_duel: Page) -> None:
    for found in (gated, gated_duel):
        for of_one in figures.all_of(read(found)):
            for one in of_one:
                spec = charts.draw(one, charts.WIDE, "en")
                dashed = [
                    layer for layer in spec["layer"] if layer["mark"].get("strokeDash") and "x" in layer["encoding"]
                ]
                ends = [row["x"] for layer in dashed for row in values(spec, layer) if "x" in row]
                assert ends == pytest.approx([row.threshold for row in one.forest if row.gating.gates])
                assert ends == pytest.approx([1 + row.margin_ratio for row in one.forest if row.gating.gates])
                drawing = (found.folder / "figures" / f"{one.id}.svg").read_text(encoding="utf-8")
                assert ("dashed: beyond it a case fails" in drawing) == bool(ends)


def test_a_threshold_that_lies_beyond_the_plot_is_counted_and_not_drawn() -> None:
    def side_of(margins: list[float]) -> list[dict[str, Any]]:
        like = {"counter": "access_ns", "unit": "ns", "lower_is_better": True, "ratio": 1.001, "interval": [0.999, 1.003],
                "outcome": "equivalent", "gate": "ok", "gates": True, "a": {}, "b": {}}  # fmt: skip
        return [like | {"case": f"m/a:{i}", "margin_ratio": margin} for i, margin in enumerate(margins)]

    def drawn(margins: list[float]) -> tuple[list[float], str]:
        against = [{"a": {}, "b": {}, "rows": side_of(margins)}]
        document = {"schema": 1, "id": "0", "gate": "pass", "verdict": "PASSED: 1 ok", "against": against}
        (figure,) = figures.all_of(load_gate.document(Node(document), "gate.json"))[0]
        spec = charts.draw(figure, charts.WIDE, "en")
        dashed = [layer for layer in spec["layer"] if layer["mark"].get("strokeDash") and "x" in layer["encoding"]]
        return [row["x"] for layer in dashed for row in values(spec, layer) if "x" in row], render.svg(spec)

    ends, drawing = drawn([0.01] * 12 + [0.2, 0.3])
    assert ends == pytest.approx([1.01] * 12)
    assert "dashed: beyond it a case fails (2 of 14 are beyond the plot)" in drawing
    ends, drawing = drawn([0.01, 0.01, 0.2])  # of few rows everything is shown
    assert ends == pytest.approx([1.01, 1.01, 1.2])
    assert "beyond the plot" not in drawing


def values(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer.get("data", {})
    return data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])


def test_a_case_that_more_is_better_of_fails_on_the_other_side() -> None:
    row = {
        "case": "m/a:1", "counter": "bytes_per_second", "unit": "bytes/s", "lower_is_better": False, "ratio": 0.9,
        "interval": [0.89, 0.91], "margin_ratio": 0.25, "outcome": "inconclusive", "gate": "ok", "gates": True,
        "a": {}, "b": {},
    }  # fmt: skip
    against = [{"a": {}, "b": {}, "rows": [row]}]
    document = {"schema": 1, "id": "0", "gate": "pass", "verdict": "PASSED: 1 ok", "against": against}
    (found,) = load_gate.document(Node(document), "gate.json").comparisons[0].rows
    assert found.threshold == pytest.approx(0.8)
    assert found.outcome == "not worse"


def test_a_pass_says_what_it_could_have_missed(tmp_path: Path) -> None:
    old = make_side(tmp_path / "old", range(1, 6), session_sd=0.0005)
    new = make_side(tmp_path / "new", range(11, 16), factor={SLOW: 0.8}, session_sd=0.0005)
    found = gate_of(tmp_path, new, old, 0, "--margin", "0.02")
    text = card(found)
    assert text.split()[0] == "passed"
    assert "No case can be worse by more than its margin, as far as the intervals tell." in text
    assert "could have been missed somewhere" in text
    assert "All 3 cases gate." in text
    assert "Accepted" not in text
    assert "Creep" not in text
    assert {row.outcome for row in read(found).comparisons[0].rows} == {"improvement", "equivalent"}


def test_what_cannot_be_told_is_inconclusive_or_let_pass_and_says_so(tmp_path: Path) -> None:
    old = make_side(tmp_path / "old", range(1, 3))
    new = make_side(tmp_path / "new", range(11, 13), factor=2.0)
    strict = card(gate_of(tmp_path, new, old, 4))
    assert strict.split()[0] == "inconclusive"
    assert "No case is shown to be worse by more than its margin, but 3 cases may be." in strict
    assert strict.count("2 against 2 sessions; a gate needs 3 a side") == 6
    assert "None of 3 cases gate; 3 cannot fail the gate:" in strict
    lenient = card(gate_of(tmp_path, new, old, 0, "--on-inconclusive", "pass"))
    assert lenient.split()[0] == "passed"
    assert "That 3 cases may be was let pass, as --on-inconclusive asks." in lenient


def test_a_duel_is_gated_with_its_null_controls_and_limits(gated_duel: Page, duel: Page) -> None:
    text = plain(gated_duel.html[: gated_duel.html.index("<figure")])
    assert "Gate failed: B against A" in text
    assert "The null control is quiet" in text
    assert "Layout not tested" in text
    assert "B is slower by" in card(gated_duel)
    assert "; it fails beyond +1.00 %" in card(gated_duel)
    assert "Fit for no gate" not in text
    assert gated_duel.document["duel"] == duel.document["duel"]
    drawing = (gated_duel.folder / "figures" / "forest.svg").read_text(encoding="utf-8")
    assert drawing.count(": null control, A against itself: ") == len(duel.document["cases"])
    assert "20 pairs" in drawing
    assert "syscall/batching:new/chunk:1" in plain(gated_duel.html)


@pytest.mark.parametrize(
    ("word", "lenient", "outcomes", "sentence"),
    [
        ("passed", False, ["equivalent", "accepted"], "Apart from 1 accepted, no case can be worse"),
        ("passed", True, ["inconclusive"], "That 1 case may be was let pass"),
        ("failed", True, ["regression", "inconclusive"], "1 case is worse by more than the margin"),
        ("inconclusive", False, ["inconclusive", "accepted"], "but 1 case may be"),
    ],
)  # fmt: skip
def test_the_reason_fits_the_answer(gated: Page, word: str, lenient: bool, outcomes: list[str], sentence: str) -> None:
    row = vars(read(gated).comparisons[0].rows[0])
    rows = [type(read(gated).comparisons[0].rows[0])(**{**row, "outcome": outcome}) for outcome in outcomes]
    assert sentence in gating.why(Gate(word, "", lenient, (), ()), rows)


def test_the_same_document_gives_the_same_page(gated: Page, tmp_path: Path) -> None:
    from unitcost_report.report import report

    (tmp_path / gated.name).write_text(json.dumps(gated.document), encoding="utf-8")
    assert report(tmp_path).read_text(encoding="utf-8") == gated.html
