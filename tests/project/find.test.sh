#!/usr/bin/env bash
# Which project file counts: the nearest one upwards to the repository's root, --config, --isolated, the environment.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "FAIL: $*"; exit 1; }
unset MTLSLINT_CONFIG

# named FOLDER NAME WHAT [ARGUMENTS]: there, `mtlslint handshake` lists that one name; "" for no project file.
named() {
    local folder=$1 wanted=$2 what=$3 found
    shift 3
    found=$(cd "$folder" && "$MTLSLINT" handshake "$@" 2>"$scratch/said") || found=
    [ "$found" = "$wanted" ] || fail "$what: found '$found', not '$wanted': $(cat "$scratch/said")"
    echo "ok: $what"
}
project() { printf 'handshakes: {%s: {client: {}, server: {cert: a.pem}}}\n' "$2" >"$1/.mtlslint.yaml"; }

cd "$scratch"
mkdir -p home/work/repo/.git home/work/repo/a/b home/work/repo/c home/work/plain/below
project home home
project home/work above
project home/work/repo repo
project home/work/repo/a nearer
export HOME=$scratch/home

named home/work/repo/a nearer "a file in the folder itself"
named home/work/repo/a/b nearer "the nearest one above"
named home/work/repo/c repo "the one at the root of the repository"
rm home/work/repo/.mtlslint.yaml
named home/work/repo/c "" "nothing above the root of the repository"
rmdir home/work/repo/.git
echo 'gitdir: elsewhere' >home/work/repo/.git
named home/work/repo/c "" "a work tree whose .git is a file is a repository, too"
named home/work/plain/below "" "nothing above a folder that is in no repository"
named home/work above "the folder itself, without a repository"
named home "" "not the home directory"
mkdir home/.git
named home/work/plain above "a repository that holds all of the home directory"
rm home/work/.mtlslint.yaml
named home/work/plain "" "not the home directory, be it a repository"
HOME=/nonexistent named home/work/plain home "a folder that is nobody's home"

mkdir c.yaml.d
project c.yaml.d given
named home/work/repo/a given "--config" --config "$scratch/c.yaml.d/.mtlslint.yaml"
named home/work/repo/a "" "--isolated" --isolated
MTLSLINT_CONFIG=$scratch/c.yaml.d/.mtlslint.yaml named home/work/repo/a given "the environment before the file found"
MTLSLINT_CONFIG=/nowhere named home/work/repo/a given "the flag before the environment" --config "$scratch/c.yaml.d/.mtlslint.yaml"
MTLSLINT_CONFIG=/nowhere named home/work/repo/a "" "--isolated before the environment" --isolated
MTLSLINT_CONFIG=/nowhere named home/work/repo/a "" "an environment that names no file is an error"
grep -q '^mtlslint: /nowhere: does not exist$' said || fail "the message: $(cat said)"
MTLSLINT_CONFIG='' named home/work/repo/a nearer "an empty variable is none"
named home/work/repo/a "" "both --config and --isolated" --config x --isolated
grep -q 'exclude each other' said || fail "the message: $(cat said)"

# What cannot be a project file.
mkfifo pipe
named . "" "a FIFO is not waited for" --config pipe
grep -q 'is a FIFO' said || fail "the message: $(cat said)"
head -c 300000 /dev/zero | tr '\0' '#' >large.yaml
named . "" "a large file" --config large.yaml
grep -q 'is larger than 256 KiB' said || fail "the message: $(cat said)"
{ echo 'ignore_paths:'; printf -- '- a\n%.0s' {1..1001}; } >long.yaml
named . "" "a long list" --config long.yaml
grep -q 'long.yaml:2: ignore_paths has more than 1000 entries' said || fail "the message: $(cat said)"
{ printf 'ignore_paths: ['; printf 'a,%.0s' {1..60000}; echo ']'; } >many.yaml
named . "" "many values" --config many.yaml
grep -q 'many.yaml:1: more than 50000 values' said || fail "the message: $(cat said)"
