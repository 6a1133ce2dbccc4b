# shellcheck shell=bash
# Sourced by scripts/bootstrap: .venv from the locked requirements.
# Uses say and die of that script, and these:
: "${lock:?}" "${log:?}" "${python_is_needed:?}" "${venv:?}"

# The interpreter that .venv is made from. The system's own goes before PATH, which may hold a version manager's
# shim: a shim costs 80 ms a start and may mean another interpreter tomorrow.
base_python() {
  if [ -n "${UNITCOST_PYTHON:-}" ]; then
    command -v "$UNITCOST_PYTHON"
  elif [ -x /usr/bin/python3 ]; then
    echo /usr/bin/python3
  else
    command -v python3
  fi
}

# What .venv was made from: a change of any line means that it has to be made anew.
venv_stamp() {
  local sum
  read -r sum _ < <(sha256sum "$lock")
  printf 'lock %s\ninterpreter %s\nplace %s\n' "$sum" "$(readlink -f "$1")" "$venv"
}

venv_is_current() {
  [ -f "$venv/.unitcost-stamp" ] && [ "$(<"$venv/.unitcost-stamp")" = "$(venv_stamp "$1")" ] &&
    "$venv/bin/python" -ISc '' 2>/dev/null
}

make_venv() {
  local python=$1
  rm -rf "$venv"
  "$python" -m venv "$venv" &&
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --retries 2 \
      --only-binary :all: --require-hashes -r "$lock" &&
    venv_stamp "$python" >"$venv/.unitcost-stamp"
}

# Without Python, measuring goes on with a note; everything else stops.
without_python() {
  if [ "$python_is_needed" = yes ]; then die 1 "$*"; fi
  say "note: $*"
  say "note: going on without Python: no Python cases, and tables in the terminal instead of a page"
}

ensure_venv() {
  local python
  if ! python=$(base_python); then
    without_python "no Python 3 found (${UNITCOST_PYTHON:-/usr/bin/python3, python3 on PATH}); UNITCOST_PYTHON=/path/to/python3 names one"
    return 0
  fi
  if venv_is_current "$python"; then return 0; fi
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    without_python "$python is older than Python 3.11 or does not start; UNITCOST_PYTHON=/path/to/python3 names another"
    return 0
  fi
  say "making .venv from scripts/requirements.lock with $python"
  mkdir -p "$(dirname "$log")"
  if ! make_venv "$python" >"$log" 2>&1 </dev/null; then
    tail -n 8 "$log" | sed 's/^/  /' >&2
    rm -rf "$venv" # half of it would be taken for an interpreter with everything
    without_python ".venv could not be made (above: the end of build/bootstrap.log); is the network up?"
  fi
}
