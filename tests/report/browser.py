"""A real browser without network, to look into a page with."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
)


def require_browser() -> None:
    """Without a browser there is nothing to look with. At a user's the tests are skipped; in CI, where one was installed, they fail."""
    if BROWSER is not None:
        return
    reason = "no Chromium here; `scripts/bootstrap test` installs one"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is set")
    pytest.skip(reason)


# The page in a frame of a given width, and a script beside it that looks into it.
WRAPPER = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
<iframe id="frame" src="index.html" style="border:0;width:{width}px;height:900px"></iframe><pre id="result"></pre>
<script>
document.getElementById("frame").addEventListener("load", async (event) => {{
  const view = event.target.contentWindow, page = view.document;
  const look = async () => {{ {script} }};
  let found;
  try {{ found = await look(); }} catch (error) {{ found = {{ error: String(error) }}; }}
  document.getElementById("result").textContent = JSON.stringify(found);
}});
</script>"""


def look(folder: Path, scratch: Path, width: int, script: str) -> tuple[Any, str]:
    """What `script` returns in the page at that width, and what the browser logged. `page` and `view` are the page's."""
    copy = scratch / f"site-{width}"
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    (copy / "wrapper.html").write_text(WRAPPER.format(width=width, script=script), encoding="utf-8")
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--allow-file-access-from-files", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
        f"--user-data-dir={scratch / 'profile'}", f"--window-size={max(width, 500)},900", "--virtual-time-budget=8000",
        "--dump-dom", (copy / "wrapper.html").as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r'<pre id="result">(.+?)</pre>', done.stdout, flags=re.S)
    assert found, done.stderr[-2000:]
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return json.loads(unescape(found[1])), "\n".join(console)


MEASURE = """
  const shown = (element) => element.getBoundingClientRect().width > 0;
  return {
    page: page.documentElement.scrollWidth, view: view.innerWidth,
    plots: [...page.querySelectorAll("svg.plot")].filter(shown).map((plot) => plot.classList[1]),
    scripted: page.documentElement.classList.contains("scripted"),
    background: view.getComputedStyle(page.body).backgroundColor,
  };
"""
