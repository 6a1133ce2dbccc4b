"""Print what the harness needs to start this interpreter, and what a run records of it, as one JSON object.

Build flags go through an allow-list: the full ones hold paths of the machine that built the interpreter.
"""

from __future__ import annotations

import json
import sys
import sysconfig

KNOWN_OPTIONS = ("--enable-optimizations", "--with-lto", "--enable-shared", "--with-pydebug", "--disable-gil")


def build_flags() -> list[str]:
    """The configure options and compiler flags that change how fast an interpreter is."""
    options = str(sysconfig.get_config_var("CONFIG_ARGS") or "").replace("'", " ").split()
    flags = str(sysconfig.get_config_var("PY_CFLAGS") or "").split()
    optimisation = [flag for flag in flags if flag in ("-O0", "-O1", "-O2", "-O3", "-Og")][-1:]  # the last one counts
    chosen = [option for option in KNOWN_OPTIONS if any(o == option or o.startswith(f"{option}=") for o in options)]
    return chosen + optimisation + [flag for flag in ("-DNDEBUG", "-fwrapv") if flag in flags]


def main() -> None:
    """Print the object."""
    is_gil_enabled = getattr(sys, "_is_gil_enabled", lambda: True)
    description = {
        "executable": sys.executable,
        "version": ".".join(str(part) for part in sys.version_info[:3]),
        "implementation": sys.implementation.name,
        "gil": bool(is_gil_enabled()),
        "build_flags": " ".join(build_flags()),
    }
    print(json.dumps(description, indent=2))


if __name__ == "__main__":
    main()
