"""Makes the sample beside the tests importable, and renders it once a session."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import report_sample
from unitcost_report import model
from unitcost_report.load import load
from unitcost_report.report import report


@pytest.fixture(scope="session")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> model.Analysis:
    """The sample, read."""
    return load(report_sample.write(tmp_path_factory.mktemp("analysis"), report_sample.build()))


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's report."""
    folder = tmp_path_factory.mktemp("report")
    report_sample.write(folder, report_sample.build())
    report(folder)
    return folder


@pytest.fixture(scope="session")
def html(rendered: Path) -> str:
    """The sample's page."""
    return (rendered / "index.html").read_text(encoding="utf-8")
