"""The page: complete, alone, the same every time."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import report_sample
from unitcost_report import model
from unitcost_report.report import report


def render(folder: Path, document: report_sample.Json) -> str:
    report_sample.write(folder, document)
    return report(folder).read_text(encoding="utf-8")


def test_the_page_needs_nothing_from_elsewhere(html: str) -> None:
    assert not re.findall(r"https?:|//[a-z]", re.sub(r"<script>.*?</script>", "", html, flags=re.S))
    assert "http" not in re.search(r"<script>(.*?)</script>", html, flags=re.S)[1]
    assert not re.findall(r"<(?:link|img|iframe|object|embed|script)[^>]+(?:src|href)=\"(?!data:)", html)
    assert "@import" not in html
    assert "url(" not in html


def test_local_links_lead_somewhere(html: str, rendered: Path) -> None:
    links = set(re.findall(r'<a [^>]*href="([^"]+)"', html))
    identifiers = set(re.findall(r'\bid="([^"]+)"', html))
    assert len(links) > 40
    for link in links:
        if link.startswith("#"):
            assert link[1:] in identifiers, link
        else:
            assert (rendered / link).is_file(), link


def test_identifiers_are_not_used_twice(html: str) -> None:
    found = re.findall(r'\bid="([^"]+)"', html)
    assert len(found) == len(set(found))


def test_every_figure_has_drawing_foot_table_and_files(html: str, analysis: model.Analysis, rendered: Path) -> None:
    for figure in analysis.all_figures:
        part = re.search(rf'<figure class="figure" id="figure-{figure.id}">(.*?)</figure>', html, flags=re.S)[1]
        foot = re.search(r'<p class="foot">(.*?)</p>', part, flags=re.S)[1]
        assert unescape(re.sub(r"<[^>]+>", "", foot)).strip() == figure.foot
        assert "<table" in part
        assert f"{analysis.run.id}/{analysis.id}/{figure.id}" in part
        endings = [".csv"]
        if figure.kind != "table":
            endings += [".svg", ".dark.svg", ".png", ".vl.json"]
            assert 'class="plot wide"' in part
            assert 'class="plot narrow"' in part
            assert len(re.findall(r'role="img" aria-label="[^"]{40,}"', part)) == 2
        for ending in endings:
            assert f'href="figures/{figure.id}{ending}"' in part
            assert (rendered / "figures" / f"{figure.id}{ending}").stat().st_size > 0


def test_the_first_screen_has_ladder_and_counts_before_the_ledger(html: str) -> None:
    order = [html.index(part) for part in ('id="figure-ladder"', 'class="tally"', 'id="ledger"', 'id="ledger-table"')]
    assert order == sorted(order)


def test_every_row_of_the_ledger_says_verdict_source_and_reason(html: str, analysis: model.Analysis) -> None:
    rows = [unescape(row) for row in re.findall(r'<tr class="claim".*?</tr>', html, flags=re.S)]
    assert len(rows) == len(analysis.claims)
    for claim in analysis.claims:
        mine = [row for row in rows if f">{claim.id}<" in row and claim.reason[1:] in row]
        assert mine, claim.id
        row = mine[0]
        assert re.search(rf"</svg>{claim.verdict}</span>", row)
        assert f"{claim.source_key}" in row
        assert claim.says.get("en") in row
        assert "guest" in row


def test_the_same_analysis_gives_the_same_bytes(tmp_path: Path) -> None:
    document = report_sample.small()
    pages = [render(tmp_path / name, document) for name in ("a", "b")]
    assert pages[0] == pages[1]
    first, second = (sorted((tmp_path / name / "figures").iterdir()) for name in ("a", "b"))
    assert [path.name for path in first] == [path.name for path in second]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(first, second, strict=True))


def test_a_preview_is_marked_on_every_figure_and_an_unfinished_run_on_the_page(tmp_path: Path) -> None:
    document = report_sample.small()
    document["run"] |= {"preview": True, "profile": "quick", "status": "interrupted", "failed": 3}
    page = render(tmp_path, document)
    figures = re.findall(r'<figure class="figure".*?</figure>', page, flags=re.S)
    assert len(figures) == 3
    assert all('<span class="badge warn">preview</span>' in figure for figure in figures)
    assert "This run is not complete (status: interrupted)" in page
    assert "3 blocks failed" in page
    drawings = list((tmp_path / "figures").glob("*.svg"))
    assert len(drawings) == 6
    assert all("Preview" in path.read_text(encoding="utf-8") for path in drawings)


def test_warnings_stand_at_the_top(html: str, analysis: model.Analysis) -> None:
    assert html.index(f"<li>{analysis.run.warnings[0]}</li>") < html.index('id="first"')


def test_a_complete_run_is_not_called_preview_or_partial(html: str) -> None:
    assert "preview" not in html
    assert "not complete" not in html


def test_claims_that_the_run_left_out_are_listed_as_such(tmp_path: Path) -> None:
    document = report_sample.small() | {"unmeasurable": [], "failed": []}
    part = re.compile(r'<section id="missing">(.*?)</section>', flags=re.S)
    whole = part.search(render(tmp_path / "whole", document))[1]
    assert "Nothing: every case of the plan has a value." in whole
    why = "not measured in this run: the profile quick leaves out raw/chunk:16 of syscall/batching"
    document["claims"][0] |= {
        "verdict": "not measurable",
        "value": None,
        "interval": None,
        "reason": why,
        "left_out": True,
    }
    page = render(tmp_path / "part", document)
    listed = part.search(page)[1]
    assert "Nothing" not in listed
    assert "Every case of the plan has a value." in listed
    assert listed.index("Left out of this run") < listed.index(why[1:])
    assert "cannot be judged on this machine" not in listed
    assert page.count('<span class="tag">left out of this run</span>') == 1


def test_a_run_without_anything_still_has_a_page(tmp_path: Path) -> None:
    page = render(tmp_path, {"schema": 1, "id": "0123456789ab", "run": {"id": "r", "status": "running"}})
    assert "This run judged no claim" in page
    assert "No claim of this run has a row" in page


def test_figures_of_a_scenario_do_not_repeat_their_reading(tmp_path: Path) -> None:
    document = report_sample.small()
    second = document["figures"][0] | {"id": "second"}
    document["figures"].append(second)
    page = render(tmp_path, document)
    assert page.count(second["reading"]["en"]) == 1
    assert page.count(second["why"]["en"]) == 1


def test_an_unknown_kind_of_figure_keeps_its_table(tmp_path: Path) -> None:
    document = report_sample.small()
    document["figures"][0]["kind"] = "heatmap"
    page = render(tmp_path, document)
    part = re.search(r'id="figure-process-copy_on_write-1">(.*?)</figure>', page, flags=re.S)[1]
    assert "copy-on-write, child writes" in part
    assert "<svg" not in part.replace("<svg aria-hidden", "")
    assert "Figures of this kind are not drawn" in part


def test_a_run_that_is_not_finished_says_how_far_it_came(tmp_path: Path) -> None:
    document = report_sample.small() | {"unmeasurable": [], "failed": []}
    document["run"]["status"] = "interrupted"
    page = render(tmp_path, document)
    assert "case of the plan has a value" not in page
    assert re.search(r"The run is not finished: \d+ of \d+ cases have a value so far", page)
    assert "on this machine" not in re.search(r'<section id="missing">(.*?)</section>', page, flags=re.S)[1]


def test_another_language_is_chosen_where_there_is_one(tmp_path: Path) -> None:
    document = report_sample.small()
    document["claims"][0]["says"] = {"en": "In English", "pt": "Em português"}
    report_sample.write(tmp_path, document)
    page = report(tmp_path, "pt").read_text(encoding="utf-8")
    assert '<html lang="en">' in page, "its own words are English"
    assert "Em português" in page
    assert "In English" not in page
    assert '<span lang="pt">Em português</span>' in page
