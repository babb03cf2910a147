#!/usr/bin/env bash
# Installs the programs that tests/clients/run has the exports read by. Idempotent; every part is
# optional: what cannot be had is named at the end, and `run` skips it by name.
#
#   CLIENTS_HOME   where Python's and Node's packages go (default ~/.cache/citelift-clients)
#   CLIENTS_APT=0  leave the Debian packages alone
#
# Exit: 0, also where something is missing; 1 where CLIENTS_HOME cannot be made.
set -u
home=${CLIENTS_HOME:-$HOME/.cache/citelift-clients}
mkdir -p "$home" || exit 1
missing=()
say() { printf '   [%3d s] %s\n' "$SECONDS" "$*"; }

# Debian: a command that shows that a package is there, and the package.
debian=(python3:python3 node:nodejs npm:npm bib2xml:bibutils bibtex:texlive-binaries pdflatex:texlive-latex-base
    biber:biber jabref:jabref pdftotext:poppler-utils)
wanted=()
for pair in "${debian[@]}"; do command -v "${pair%%:*}" >/dev/null || wanted+=("${pair#*:}"); done
if command -v python3 >/dev/null && ! python3 -c 'import ensurepip' 2>/dev/null; then wanted+=(python3-venv); fi
# biblatex and its styles, and etoolbox, which it loads.
if ! command -v kpsewhich >/dev/null || ! kpsewhich biblatex.sty >/dev/null || ! kpsewhich etoolbox.sty >/dev/null; then
    wanted+=(texlive-bibtex-extra texlive-latex-recommended)
fi
if [ "${#wanted[@]}" -gt 0 ] && [ "${CLIENTS_APT:-1}" = 1 ] && command -v apt-get >/dev/null; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    export DEBIAN_FRONTEND=noninteractive
    say "apt: ${wanted[*]}"
    $sudo apt-get update -qq >"$home/apt.log" 2>&1
    install() { $sudo apt-get install -y -qq --no-install-recommends "$@" >>"$home/apt.log" 2>&1; }
    # Together it is faster; one that cannot be had must not take the others with it.
    if ! install "${wanted[@]}"; then
        for package in "${wanted[@]}"; do install "$package" || say "apt: no $package (see $home/apt.log)"; done
    fi
fi

python_packages() { # FOLDER PACKAGE…: an environment with these packages
    local folder=$home/$1 package
    shift
    if [ -x "$folder/bin/python" ] && [ "$(cat "$folder/.installed" 2>/dev/null)" = "$*" ]; then return; fi
    say "pip: $*"
    [ -x "$folder/bin/python" ] || python3 -m venv "$folder" >"$folder.log" 2>&1 || return
    if "$folder/bin/python" -m pip install -q --disable-pip-version-check "$@" >>"$folder.log" 2>&1; then
        printf '%s' "$*" >"$folder/.installed"
        return
    fi
    for package in "$@"; do
        "$folder/bin/python" -m pip install -q --disable-pip-version-check "$package" >>"$folder.log" 2>&1 \
            || say "pip: no $package (see $folder.log)"
    done
}
if command -v python3 >/dev/null; then
    python_packages py pypandoc_binary==1.17 bibtexparser==1.4.4 pybtex==0.26.1 rispy==0.10.0 jsonschema==4.23.0
    # The second bibtexparser has the name of the first.
    python_packages py-btp2 bibtexparser==2.1.0
fi

node_packages=(@citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 @citation-js/plugin-ris@0.8.2
    @citation-js/plugin-csl@0.8.2 citeproc@2.4.63)
if command -v npm >/dev/null && [ "$(cat "$home/node/.installed" 2>/dev/null)" != "${node_packages[*]}" ]; then
    say "npm: ${node_packages[*]}"
    mkdir -p "$home/node"
    [ -f "$home/node/package.json" ] || printf '{"name":"clients","private":true}\n' >"$home/node/package.json"
    if (cd "$home/node" && npm install --no-audit --no-fund --loglevel=error "${node_packages[@]}" >"$home/node.log" 2>&1); then
        printf '%s' "${node_packages[*]}" >"$home/node/.installed"
    else
        say "npm: failed (see $home/node.log)"
    fi
fi

has() { # NAME COMMAND…
    local name=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$name")
}
for module in pypandoc bibtexparser pybtex rispy jsonschema; do has "$module" "$home/py/bin/python" -c "import $module"; done
has "bibtexparser 2" "$home/py-btp2/bin/python" -c 'import bibtexparser.middlewares'
has citation-js test -d "$home/node/node_modules/@citation-js/core"
has citeproc-js test -d "$home/node/node_modules/citeproc"
for program in bib2xml bibtex biber jabref pdflatex pdftotext; do has "$program" command -v "$program"; done
has biblatex kpsewhich biblatex.sty
if [ "${#missing[@]}" -gt 0 ]; then say "missing, so that run skips it: ${missing[*]}"; else say "every program is here"; fi
