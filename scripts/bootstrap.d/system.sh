# shellcheck shell=bash
# Sourced by scripts/bootstrap: what the system's package manager provides.
# Uses say and die of that script, and these:
: "${log:?}" "${python_is_needed:?}"

# <ID>-<VERSION_ID> of this machine, as the package lists are named; `unknown` where os-release is missing.
distribution() {
  local file=${UNITCOST_OS_RELEASE:-/etc/os-release} id version
  [ -r "$file" ] || { echo unknown; return; }
  # In a subshell: the file is shell code and may set anything.
  # shellcheck disable=SC1090
  read -r id version < <(. "$file" && printf '%s %s\n' "${ID:-unknown}" "${VERSION_ID:-rolling}")
  printf '%s-%s\n' "$id" "$version"
}

# Lines of a list that belong to the wanted parts, without comments.
lines_of() {
  local list=$1 wanted=" $2 " part rest
  while read -r part rest; do
    case $wanted in *" $part "*) printf '%s %s\n' "$part" "$rest" ;; esac
  done < <(grep -v '^#' "$list")
}

# Prints the packages of the wanted parts that are not installed, one a line.
missing_packages() {
  local list=$1 parts=$2 package installed
  local -a wanted=()
  while read -r _ package _; do
    [ "$package" = by-hand ] || wanted+=("$package")
  done < <(lines_of "$list" "$parts")
  [ ${#wanted[@]} -gt 0 ] || return 0
  # dpkg-query fails when it does not know one of them: that one is missing, too.
  # shellcheck disable=SC2016  # the braces are dpkg's
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null || true)
  for package in "${wanted[@]}"; do
    case $'\n'$installed$'\n' in *$'\n'"$package installed"$'\n'*) ;; *) echo "$package" ;; esac
  done
}

# Says what a user has to install alone, where no command of a by-hand line is there.
note_by_hand() {
  local package commands text command found
  while read -r _ package commands text; do
    [ "$package" = by-hand ] || continue
    found=no
    for command in ${commands//,/ }; do
      if command -v "$command" >/dev/null; then found=yes; fi
    done
    [ $found = yes ] || say "note: none of ${commands//,/, } is on PATH; $text. Install one by hand to have it."
  done < <(lines_of "$1" "$2")
}

# Prints how this user becomes root without a question ("" for root itself); fails where that is not possible.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then return 0; fi
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then echo "sudo -n"; return 0; fi
  return 1
}

# The command a person types to install the packages given.
install_command() {
  local install="apt-get update && apt-get install -y --no-install-recommends $*"
  if [ "$(id -u)" -eq 0 ]; then
    printf '%s\n' "$install"
  elif command -v sudo >/dev/null; then
    printf 'sudo sh -c "%s"\n' "$install"
  else
    printf 'su -c "%s"\n' "$install"
  fi
}

install_packages() {
  local become=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  say "installing them now; apt's own words go to build/bootstrap.log"
  # A package source that cannot be reached is no reason to stop: another may have what is needed.
  # shellcheck disable=SC2086  # $become is two words or none
  {
    $become apt-get -o DPkg::Lock::Timeout=300 update || echo "apt-get update ended with status $?"
    $become env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
      install -y --no-install-recommends "$@" || status=$?
  } >"$log" 2>&1 </dev/null
  return "$status"
}

# What only Python cases and pages need does not stop a measurement.
blocks_this_component() {
  local list=$1 package part wanted
  shift
  for package in "$@"; do
    while read -r part wanted _; do
      [ "$wanted" = "$package" ] || continue
      if [ "$part" != python ] || [ "$python_is_needed" = yes ]; then return 0; fi
    done < <(grep -v '^#' "$list")
  done
  return 1
}

ensure_packages() {
  local list=$1 parts=$2 become
  local -a missing
  note_by_hand "$list" "$parts"
  mapfile -t missing < <(missing_packages "$list" "$parts")
  [ ${#missing[@]} -gt 0 ] || return 0
  say "missing on $(basename "$list"): ${missing[*]}"

  if ! become=$(as_root); then
    if blocks_this_component "$list" "${missing[@]}"; then
      say "installing them needs root, and sudo does not work here without a password. Type"
      say "  $(install_command "${missing[@]}")"
      die 2 "and call the same command again"
    fi
    say "note: going on without them; for Python cases and the report's pages type"
    say "  $(install_command "${missing[@]}")"
    return 0
  fi

  install_packages "$become" "${missing[@]}" || true
  mapfile -t missing < <(missing_packages "$list" "$parts")
  [ ${#missing[@]} -gt 0 ] || { say "installed"; return 0; }
  say "could not install: ${missing[*]}; the end of build/bootstrap.log:"
  tail -n 12 "$log" | sed 's/^/  /' >&2
  if blocks_this_component "$list" "${missing[@]}"; then
    say "is the network up, and are the package sources right? To see it fail, type"
    die 1 "  $(install_command "${missing[@]}")"
  fi
  say "note: going on without them: no Python cases, no report pages"
}

# Prints the libraries among "name header" lines on stdin whose header the compiler does not find.
missing_headers() {
  local name header probe='' found
  while read -r name header; do
    probe+=$(printf '#if !__has_include(<%s>)\nmissing: %s\n#endif' "$header" "$name")$'\n'
  done
  found=$(c++ -std=c++20 -E -P -x c++ - <<<"$probe" 2>/dev/null) || { echo "C++20-in-c++"; return 0; }
  sed -n 's/^missing: //p' <<<"$found"
}

# A distribution without a list: names what is needed and looks for it, guesses no package names.
check_tools() {
  local libraries=$1 parts=$2 part kind name what least lacks=
  while read -r part kind name what _; do
    if [ "$kind" = tool ] && ! command -v "$what" >/dev/null; then
      if [ "$part" = python ] && [ "$python_is_needed" = no ]; then continue; fi
      lacks="$lacks $name"
    fi
  done < <(lines_of "$libraries" "$parts")
  if command -v c++ >/dev/null; then
    lacks="$lacks $(lines_of "$libraries" "$parts" | awk '$2 == "library" { print $3, $4 }' | missing_headers | tr '\n' ' ')"
  fi
  [ -n "${lacks// /}" ] || return 0
  say "there is no package list for $(distribution), so nothing can be installed here; missing:$lacks"
  say "needed are (least version):"
  while read -r _ kind name what least; do
    say "  $(printf '%-16s %-8s %-24s %s' "$name" "$kind" "$what" "$least")"
  done < <(lines_of "$libraries" "$parts")
  die 2 "install what is missing and call the same command again; a list in scripts/packages/ would automate it"
}
