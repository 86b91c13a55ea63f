#!/bin/sh
# install.sh PYTHON VENV LOCK: makes VENV, installs what LOCK pins (hashes checked), then this project, editable.
# uv is used when it is there and put into VENV when it is not; where it cannot be had, pip does the same work slower.
set -eu
python=$1 venv=$2 lock=$3

say() { printf 'tocsin setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

command -v "$python" >/dev/null 2>&1 || die "no '$python' here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    die "$("$python" --version 2>&1) is too old: Tocsin needs Python 3.11 or newer. Name another one: make PYTHON=python3.12"
if [ ! -x "$venv/bin/python" ]; then
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        die "this Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"
    say "making $venv"
    "$python" -m venv "$venv"
fi
py=$venv/bin/python

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    [ -x "$venv/bin/uv" ] || "$py" -m pip install --quiet --disable-pip-version-check uv 2>/dev/null || true
    uv=$venv/bin/uv
    [ -x "$uv" ] || uv=
fi
say "installing $(grep -c '^[a-z0-9].*==' "$lock") packages from $lock"

# Three ways to the same end: uv, uv with this machine's own certificates (behind a company's proxy), pip.
with_uv() { [ -n "$uv" ] && "$uv" "$@" pip install --quiet --python "$py" --require-hashes --compile-bytecode -r "$lock"; }
with_pip() { "$py" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"; }
with_uv || with_uv --system-certs || with_pip ||
    die "the packages could not be installed; see the message above. The first set-up needs a package index."
# The build backend is a program in the environment; pip finds it by the path.
PATH=$(cd "$venv/bin" && pwd):$PATH "$py" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
