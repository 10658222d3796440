#!/usr/bin/env bash
# Pins requirements*.in with hashes. Add --upgrade to take newer releases.
# Needs pip-tools (`pip install pip-tools` in a virtual environment of its own).
set -euo pipefail
cd "$(dirname "$0")/.."
# A machine's own wheel folder must not end up in the pinned files.
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL
options=(--quiet --generate-hashes --strip-extras --no-header
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host)
pip-compile "${options[@]}" "$@" --output-file requirements.txt requirements.in
pip-compile "${options[@]}" "$@" --output-file requirements-dev.txt requirements-dev.in
