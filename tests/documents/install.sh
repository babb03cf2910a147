#!/usr/bin/env bash
# Installs the programs that tests/documents.rs writes documents anew with: pandoc and LibreOffice
# (Debian's). Idempotent; what cannot be had is named, and the test does without it.
set -u
say() { printf '   [%3d s] %s\n' "$SECONDS" "$*"; }
wanted=()
for pair in pandoc:pandoc soffice:libreoffice-writer-nogui; do
    command -v "${pair%%:*}" >/dev/null || wanted+=("${pair#*:}")
done
if [ "${#wanted[@]}" -gt 0 ] && command -v apt-get >/dev/null; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    export DEBIAN_FRONTEND=noninteractive
    say "apt: ${wanted[*]}"
    log=$(mktemp)
    { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "${wanted[@]}"; } >"$log" 2>&1 \
        || say "apt: failed ($(tail -n 1 "$log"))"
    rm -f "$log"
fi
for program in pandoc soffice; do
    command -v "$program" >/dev/null || echo "   skipped: documents written anew by $program, which is not installed"
done
