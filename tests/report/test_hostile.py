"""Texts of a run can come from anyone: none of them may become markup, script, formula of a drawing or a path."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import report_sample
from unitcost_report.report import report

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}{% raw %}&amp;\u202e]]>--><!-- \\n datum.x ${1}"
KEEP = {"kind", "id", "scale", "verdict", "status", "schema", "axis", "scenario", "conflicts"}
TAGS = {"svg", "g", "path", "text", "line", "rect", "tspan", "defs", "clipPath"}


def poisoned(value: Any, key: str = "") -> Any:
    """The document with every free text replaced."""
    if isinstance(value, dict):
        return {k: poisoned(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(v, key) for v in value]
    return f"{value[:3]}{EVIL}" if isinstance(value, str) and key not in KEEP else value


class Outline(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    document = report_sample.build(noise_points=20)
    keep = {"memory-cache_cliffs-1", "process-copy_on_write-1", "syscall-batching-2", "interpreter-dispatch-1"}
    document["figures"] = [figure for figure in document["figures"] if figure["id"] in keep]
    for figure in document["figures"]:
        figure["scenario"] = f"a/{EVIL}"
    document["claims"][0]["id"] = document["figures"][0]["bands"][0]["claim"] = f"x.{EVIL}"
    document["claims"][0]["conflicts"] = ["memory.l1", EVIL]
    document["estimates"] = document["estimates"][:5]
    document = poisoned(document)
    document["run"]["machine"][EVIL] = {"kind": "identity", "value": {EVIL: [EVIL, {EVIL: None}]}, "reason": EVIL}
    report_sample.write(folder, document)
    report(folder)
    return folder


def outline(path: Path) -> list[tuple[str, dict[str, str | None]]]:
    parser = Outline()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.tags


def test_no_text_becomes_a_tag_or_a_handler(hostile: Path) -> None:
    tags = outline(hostile / "index.html")
    assert [name for name, _ in tags].count("script") == 1
    assert not {"img", "iframe", "object", "foreignobject", "image"} & {name for name, _ in tags}
    assert not [key for _, attributes in tags for key in attributes if key.startswith("on")]
    for _, attributes in tags:
        for key in ("href", "xlink:href", "src"):
            assert re.fullmatch(r"#.*|data:,|figures/[\w.-]+|analysis\.json", attributes.get(key) or "#", flags=re.S)


def test_the_texts_are_shown_as_they_are(hostile: Path) -> None:
    page = (hostile / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{7*7}}" in page
    assert ">49<" not in page


def test_drawings_hold_texts_only(hostile: Path) -> None:
    drawings = list((hostile / "figures").glob("*.svg"))
    assert len(drawings) == 10
    for path in drawings:
        root = ElementTree.parse(path).getroot()
        for element in root.iter():
            assert element.tag.rpartition("}")[2] in TAGS
            assert not [key for key in element.attrib if key.startswith("on") or key.endswith("href")]


def test_nothing_is_written_outside_the_folder(hostile: Path) -> None:
    assert {path.name for path in hostile.iterdir()} == {"analysis.json", "index.html", "figures"}
    assert all(re.fullmatch(r"[\w.-]+", path.name) for path in (hostile / "figures").iterdir())


def test_a_page_allows_its_own_script_alone(hostile: Path) -> None:
    page = (hostile / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/=]{44}';", policy)
