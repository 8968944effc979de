#!/bin/sh
# Installs what the tests need beside Go: on Debian and its kin, a headless
# Chromium for the browser tests, PostgreSQL's server and pdftotext. Elsewhere
# it says what is missing; tests that need it then skip and say so.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
	echo "tools: please install:$missing (tests that need them will skip)" >&2
	exit 0
fi
run=""
[ "$(id -u)" = 0 ] || run="sudo"
echo "tools: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq >/dev/null && $run apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
	{ echo "tools: could not install$missing" >&2; exit 1; }
