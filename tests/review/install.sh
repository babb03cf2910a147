#!/usr/bin/env bash
# Installs what tests/review/run looks at the review page with: Chromium (Debian's), and from npm
# what drives it and what judges accessibility. Idempotent; what cannot be had is named, and `run`
# skips it by name.
#
#   REVIEW_HOME   where Node's packages go (default ~/.cache/citelift-review)
#   REVIEW_APT=0  leave the Debian packages alone
#
# Exit: 0, also where something is missing; 1 where REVIEW_HOME cannot be made.
set -u
home=${REVIEW_HOME:-$HOME/.cache/citelift-review}
mkdir -p "$home" || exit 1
missing=()
say() { printf '   [%3d s] %s\n' "$SECONDS" "$*"; }

wanted=()
for pair in chromium:chromium node:nodejs npm:npm; do
    command -v "${pair%%:*}" >/dev/null || wanted+=("${pair#*:}")
done
if [ "${#wanted[@]}" -gt 0 ] && [ "${REVIEW_APT:-1}" = 1 ] && command -v apt-get >/dev/null; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    export DEBIAN_FRONTEND=noninteractive
    say "apt: ${wanted[*]}"
    $sudo apt-get update -qq >"$home/apt.log" 2>&1
    $sudo apt-get install -y -qq --no-install-recommends "${wanted[@]}" >>"$home/apt.log" 2>&1 \
        || say "apt: failed (see $home/apt.log)"
fi

packages=(playwright-core@1.65.1 axe-core@4.14.1)
if command -v npm >/dev/null && [ "$(cat "$home/.installed" 2>/dev/null)" != "${packages[*]}" ]; then
    say "npm: ${packages[*]}"
    [ -f "$home/package.json" ] || printf '{"name":"review","private":true}\n' >"$home/package.json"
    if (cd "$home" && npm install --no-audit --no-fund --loglevel=error "${packages[@]}" >"$home/npm.log" 2>&1); then
        printf '%s' "${packages[*]}" >"$home/.installed"
    else
        say "npm: failed (see $home/npm.log)"
    fi
fi

for program in chromium node; do command -v "$program" >/dev/null || missing+=("$program"); done
for package in playwright-core axe-core; do [ -d "$home/node_modules/$package" ] || missing+=("$package"); done
if [ "${#missing[@]}" -gt 0 ]; then say "missing, so that run skips it: ${missing[*]}"; else say "all is here"; fi
