"""`python -m unitcost_report DIR`: DIR/analysis.json becomes DIR/index.html and DIR/figures/.

Exit status: 0, 1 (something could not be written), 2 (the analysis is missing or wrong).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from unitcost_report.reader import BadAnalysisError


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="unitcost_report", description="Write the page and figures of an analysis.")
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="holds analysis.json; index.html and figures/ go there"
    )
    parser.add_argument("--language", default="en", help="language of the texts for people, where they have it (en)")
    options = parser.parse_args()
    try:
        from unitcost_report.report import report
    except ModuleNotFoundError as error:
        print(f"unitcost_report: {error}; scripts/bootstrap installs what the report needs", file=sys.stderr)
        return 1
    try:
        print(report(options.folder, options.language))
    except BadAnalysisError as error:
        print(f"unitcost_report: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"unitcost_report: cannot write {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
