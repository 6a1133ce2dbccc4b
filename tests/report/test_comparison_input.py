"""What the renderer refuses of a comparison, with its place; texts of anyone; and the commands that make a page."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from comparison_pages import BUILD, Page, unitcost
from duel_folders import CASES, make_duel
from run_folders import make_run
from test_hostile import EVIL, TAGS, outline
from unitcost_report.reader import BadAnalysisError
from unitcost_report.report import report

KEEP = {"schema", "kind", "outcome", "id", "gate", "on_inconclusive"}


def refused(found: Page, folder: Path, change: Callable[[Any], None]) -> str:
    """The message with which the changed document is refused."""
    document = found.document
    change(document)
    path = folder / found.name
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadAnalysisError) as caught:
        report(path)
    assert [one.name for one in folder.iterdir()] == [found.name]
    return str(caught.value)


@pytest.mark.parametrize(
    ("which", "change", "place"),
    [
        ("duel", lambda d: d["cases"][1].update(outcome="maybe"), "cases[1].outcome: expected one of regression"),
        ("duel", lambda d: d["cases"][0].update(interval=[1]), "cases[0].interval: expected two numbers"),
        ("duel", lambda d: d["cases"][0].update(ratio=float("nan")), "NaN is not a number in JSON"),
        ("duel", lambda d: d["cases"][0]["control"].update(ratio="1"), "cases[0].control.ratio: expected a number"),
        ("duel", lambda d: d.update(kind="dual"), "kind: expected one of duel, pilot"),
        ("duel", lambda d: d.update(schema=2), "schema: expected schema 1"),
        ("duel", lambda d: d["duel"].update(pairs=1.5), "duel.pairs: expected a whole number"),
        ("pilot", lambda d: d["cases"][0]["needs"][1].update(pairs="many"), "cases[0].needs[1].pairs: expected a number"),
        ("comparison", lambda d: d.update(comparisons=[]), "comparisons: expected at least one comparison"),
        ("comparison", lambda d: d["comparisons"][0]["rows"][2].update(case=7), "comparisons[0].rows[2].case: expected a text"),
        ("comparison", lambda d: d["comparisons"][0]["facts"][0].update(a="x"), "comparisons[0].facts[0].a: expected a list"),
        ("gated", lambda d: d.update(gate="maybe"), "gate: expected one of pass, fail, inconclusive"),
        ("gated", lambda d: d.update(against=[]), "against: expected at least one baseline"),
        ("gated", lambda d: d["against"][1]["rows"][0].update(gate="fine"), "against[1].rows[0].gate: expected one of ok"),
        ("gated", lambda d: d["against"][0]["rows"][0].update(gates=1), "against[0].rows[0].gates: expected true or false"),
        ("gated", lambda d: d["against"][0]["rows"][0].update(accepted="x"), "against[0].rows[0].accepted: expected an object"),
        ("gated_duel", lambda d: d["duel"].update(a=3), "duel.a: expected an object"),
    ],
)  # fmt: skip
def test_a_wrong_document_is_refused_with_its_place(
    request: pytest.FixtureRequest, tmp_path: Path, which: str, change: Callable[[Any], None], place: str
) -> None:
    assert place in refused(request.getfixturevalue(which), tmp_path, change)


def test_a_folder_with_two_documents_must_be_told_which(duel: Page, tmp_path: Path) -> None:
    for name in ("analysis.json", "duel-analysis.json"):
        shutil.copy(duel.path, tmp_path / name)
    with pytest.raises(BadAnalysisError, match=r"holds analysis\.json and duel-analysis\.json; name the one"):
        report(tmp_path)
    assert report(tmp_path / "duel-analysis.json") == tmp_path / "index.html"


def test_what_layout_alone_does_is_shown_where_it_was_tested(duel: Page, tmp_path: Path) -> None:
    document = duel.document
    document["duel"] |= {"layout": "5 link orders a side", "layouts": 5}
    document["duel"]["a"]["commit"] = "aaaaaaaaaa"
    orders = {"a": 5, "b": 5, "sd": 0.012, "ratio": 1.047, "interval": [1.036, 1.059]}
    document["cases"][0]["link_orders"] = orders
    document["cases"][1]["link_orders"] = orders | {"sd": None, "ratio": None, "interval": None}
    (tmp_path / duel.name).write_text(json.dumps(document), encoding="utf-8")
    page = report(tmp_path).read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "Layout: 5 link orders a side, of which each pair drew one." in page
    assert "not tested" not in page
    assert page.count("spread of link orders") == 1
    assert "+4.70 % [+3.60 %, +5.90 %]" in page
    assert '<tr><th scope="row">commit</th><td data-name="A">aaaaaaaaaa</td>' in page


def poisoned(value: Any, key: str = "") -> Any:
    """The document with every free text replaced, names of members among them."""
    if isinstance(value, dict):
        return {f"{k}{EVIL}" if key == "digests" else k: poisoned(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    return f"{value[:8]}{EVIL}" if isinstance(value, str) and key not in KEEP else value


@pytest.mark.parametrize("which", ["comparison", "duel", "pilot", "gated", "gated_duel"])
def test_texts_of_anyone_stay_texts(request: pytest.FixtureRequest, tmp_path: Path, which: str) -> None:
    found: Page = request.getfixturevalue(which)
    (tmp_path / found.name).write_text(json.dumps(poisoned(found.document)), encoding="utf-8")
    index = report(tmp_path)
    tags = outline(index)
    assert [name for name, _ in tags].count("script") == 1
    assert not {"img", "iframe", "object", "foreignobject", "image"} & {name for name, _ in tags}
    for _, attributes in tags:
        assert not [key for key in attributes if key.startswith("on")]
        for key in ("href", "xlink:href", "src"):
            assert re.fullmatch(rf"#.*|data:,|figures/[\w.-]+|{found.name}", attributes.get(key) or "#", flags=re.S)
    page = index.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert ">49<" not in page
    assert {path.name for path in tmp_path.iterdir()} == {found.name, "index.html", "figures"}
    for path in (tmp_path / "figures").iterdir():
        assert re.fullmatch(r"[\w.-]+", path.name)
        if path.suffix == ".svg":
            for element in ElementTree.parse(path).getroot().iter():
                assert element.tag.rpartition("}")[2] in TAGS
                assert not [key for key in element.attrib if key.startswith("on") or key.endswith("href")]


def test_a_page_is_asked_for_with_compare(tmp_path: Path) -> None:
    runs = [make_run(tmp_path / f"r{seed}", seed) for seed in range(2)]
    ended = unitcost(tmp_path, "compare", *runs, "--json", "--report", tmp_path / "page")
    assert ended.returncode == 0, ended.stderr
    document = (tmp_path / "page" / "comparison.json").read_text(encoding="utf-8")
    assert ended.stdout == document
    assert f"report: {tmp_path / 'page' / 'index.html'}\n" in ended.stderr


def test_a_duel_is_named_in_any_results_folder(duel: Page, tmp_path: Path) -> None:
    results = tmp_path / "elsewhere"
    folder = make_duel(results / "0123456789ab" / "20260102T030405Z-duel")
    (results / "latest-duel").symlink_to("0123456789ab/20260102T030405Z-duel")
    shutil.copy(duel.path, folder / duel.name)
    own = tmp_path / "results"
    at = ("--results", results)
    assert unitcost(own, "gate", "--duel", "latest-duel", *at).returncode == 3
    lost = unitcost(own, "gate", "--duel", "latest-duel")
    assert lost.returncode == 2
    assert (
        f"'latest-duel' holds no analysis of a duel that can be read, neither as a folder nor under {own}"
        in lost.stderr
    )
    assert unitcost(own, "report", "latest-duel", "--output", tmp_path / "page", *at).returncode == 0
    assert (tmp_path / "page" / duel.name).is_file()
    for name in ("a", "b"):
        make_run(results / name, ord(name))
    assert unitcost(own, "compare", "a", "b", *at).returncode == 0
    assert unitcost(own, "compare", "a", "b").returncode == 2


def test_a_report_of_a_duel_is_found_under_its_own_name(duel: Page) -> None:
    link = duel.folder.parent / "latest-duel"
    assert link.resolve() == duel.folder
    assert not (duel.folder.parent / "latest").exists()
    assert duel.said.endswith(f"report: {duel.folder / 'index.html'}\n")
    assert "B against A" in duel.said


def test_without_python_the_terminal_has_the_tables_and_a_note(tmp_path: Path) -> None:
    program = tmp_path / "alone" / "unitcost"
    program.parent.mkdir()
    shutil.copy(BUILD / "unitcost", program)
    runs = [make_run(tmp_path / f"r{seed}", seed) for seed in range(2)]
    commands = [
        ("compare", *runs, "--report", tmp_path / "c"),
        ("report", make_duel(tmp_path / "d", CASES[:2], pairs=6), "--output", tmp_path / "e"),
    ]
    for arguments, name in zip(commands, ("c/comparison.json", "e/duel-analysis.json"), strict=True):
        ended = unitcost(tmp_path, *arguments, program=program, folder=program.parent)
        assert ended.returncode == 0, ended.stderr
        assert "no page was drawn, because" in ended.stderr
        assert "scripts/bootstrap makes it" in ended.stderr
        assert "memory/" in ended.stdout
        assert (tmp_path / name).is_file()
        assert not (tmp_path / name).with_name("index.html").exists()


def test_what_is_no_run_and_no_duel_is_refused(tmp_path: Path) -> None:
    ended = unitcost(tmp_path, "report", "nothing", "--output", tmp_path / "page")
    assert ended.returncode == 2
    assert "'nothing' is no run" in ended.stderr
    assert not (tmp_path / "page").exists()
