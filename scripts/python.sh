#!/bin/sh
# Installs the Python libraries of requirements.txt into build/python, where
# tests look for them. Where that cannot be, it says so in a line and leaves
# nothing behind: the tests that need them then skip and say so.
set -u
cd "$(dirname "$0")/.."
wanted=scripts/requirements.txt
folder=build/python
cmp -s "$wanted" "$folder/installed.txt" && exit 0

without() {
	rm -rf "$folder"
	echo "tools: no Python libraries ($1); tests that need them will skip" >&2
	exit 0
}
command -v python3 >/dev/null 2>&1 || without "python3 is not installed"
echo "tools: installing followthemoney and networkx into $folder" >&2
rm -rf "$folder"
mkdir -p build
python3 -m venv "$folder" >build/python.log 2>&1 || without "python3 -m venv failed, see build/python.log"
"$folder/bin/pip" install --quiet --retries 1 --timeout 20 --disable-pip-version-check -r "$wanted" >>build/python.log 2>&1 ||
	without "pip install failed, see build/python.log"
cp "$wanted" "$folder/installed.txt"
