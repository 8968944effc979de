#!/bin/sh
# Installs what the tests need beside Go: on Debian and its kin, a headless
# Chromium for the browser tests, PostgreSQL's server, pdftotext, Tesseract,
# LibreOffice and what building Python's followthemoney needs. Elsewhere it says what is
# missing; tests that need it then skip and say so.
set -u
trap 'sh "$(dirname "$0")/python.sh"' EXIT

missing=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
command -v tesseract >/dev/null 2>&1 || missing="$missing tesseract-ocr"
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || missing="$missing python3-venv"
command -v pkg-config >/dev/null 2>&1 && pkg-config --exists icu-i18n || missing="$missing pkg-config libicu-dev g++ python3-dev"
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
	echo "tools: could not install$missing (tests that need them will skip)" >&2
