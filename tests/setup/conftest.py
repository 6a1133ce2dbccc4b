"""A make-believe machine for scripts/bootstrap: its packages, its user and its interpreter are files of the test."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What the scripts may call besides the fakes. PATH holds nothing else, so that this machine's own sudo, c++ and
# package manager cannot answer.
TOOLS = (
    "awk",
    "basename",
    "bash",
    "cat",
    "cp",
    "dirname",
    "env",
    "grep",
    "head",
    "ln",
    "mkdir",
    "nproc",
    "printf",
    "readlink",
    "rm",
    "sed",
    "sh",
    "sha256sum",
    "tail",
    "touch",
    "tr",
    "true",
)

DPKG_QUERY = """#!/bin/sh
for package in "$@"; do
  case $package in -*) continue ;; esac
  if grep -qx "$package" {state}; then echo "$package installed"; else missing=1; fi
done
exit ${{missing:-0}}
"""

APT_GET = """#!/bin/sh
echo "apt-get $* [$DEBIAN_FRONTEND]" >>{calls}
while [ $# -gt 0 ]; do
  case $1 in
    -o) shift ;;
    -*) ;;
    update) exit {update_status} ;;
    install) installing=yes ;;
    *) [ -n "$installing" ] && [ {install_status} -eq 0 ] && echo "$1" >>{state} ;;
  esac
  shift
done
[ {install_status} -eq 0 ] || echo "E: Unable to locate package"
exit {install_status}
"""

# Makes "virtual environments" whose interpreter is itself, and notes what it is asked for.
PYTHON = """#!/bin/sh
echo "python $*" >>{calls}
case "$1 $2" in
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip") exit {pip_status} ;;
esac
"""


@dataclass
class FakeMachine:
    """A copy of the set-up scripts in a folder, on a machine that is described by the fields."""

    folder: Path
    distribution: str = "debian-12"
    user_id: int = 1000
    sudo: str | None = None  # None: not installed; "asks": wants a password; "works"
    packages: list[str] = field(default_factory=list)  # installed
    update_status: int = 0
    install_status: int = 0
    pip_status: int = 0
    checkout: str = "repository"  # name of the folder that holds the scripts
    own_python: bool = True  # the user names an interpreter, so that no Python packages are wanted

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    @property
    def repository(self) -> Path:
        return self.folder / self.checkout

    @property
    def calls(self) -> list[str]:
        """Every call of a fake since the last run, in order."""
        log = self.folder / "calls"
        return log.read_text().splitlines() if log.exists() else []

    def program(self, name: str, text: str) -> None:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)

    def lay_out(self) -> None:
        self.bin.mkdir(parents=True, exist_ok=True)
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, f"the test needs {tool}"
            if not (self.bin / tool).exists():
                (self.bin / tool).symlink_to(found)
        names = {
            "calls": self.folder / "calls",
            "state": self.folder / "installed",
            "update_status": self.update_status,
            "install_status": self.install_status,
            "pip_status": self.pip_status,
        }
        self.program("dpkg-query", DPKG_QUERY.format(**names))
        self.program("apt-get", APT_GET.format(**names))
        self.program("fake-python", PYTHON.format(**names))
        self.program("id", f"#!/bin/sh\necho {self.user_id}\n")
        (self.bin / "sudo").unlink(missing_ok=True)
        if self.sudo == "asks":
            self.program("sudo", "#!/bin/sh\nexit 1\n")
        elif self.sudo == "works":
            self.program("sudo", f'#!/bin/sh\necho "sudo $*" >>{names["calls"]}\nshift\nexec "$@"\n')
        (self.folder / "installed").write_text("".join(f"{name}\n" for name in self.packages))
        name, _, version = self.distribution.rpartition("-")
        (self.folder / "os-release").write_text(f'ID={name}\nVERSION_ID="{version}"\n')

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Calls scripts/COMMAND on this machine; the calls of an earlier run are forgotten."""
        self.lay_out()
        (self.folder / "calls").unlink(missing_ok=True)
        environment = {"PATH": str(self.bin), "UNITCOST_OS_RELEASE": str(self.folder / "os-release")}
        if self.own_python:
            environment["UNITCOST_PYTHON"] = str(self.bin / "fake-python")
        script, *arguments = command
        return subprocess.run(
            [str(self.repository / "scripts" / script), *arguments],
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    made = FakeMachine(tmp_path)
    shutil.copytree(ROOT / "scripts", made.repository / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    return made


def packages_of(distribution: str, *parts: str) -> list[str]:
    """The packages of a list that belong to the parts, in its order."""
    lines = (ROOT / "scripts/packages" / distribution).read_text().splitlines()
    words = [line.split() for line in lines if line and not line.startswith("#")]
    return [word[1] for word in words if word[0] in parts and word[1] != "by-hand"]


@pytest.fixture
def wanted() -> object:
    """Tests call it as wanted("debian-12", "build", …): importlib mode lets them import nothing from here."""
    return packages_of
