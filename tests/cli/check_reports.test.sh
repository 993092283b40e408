#!/usr/bin/env bash
# Which report of mtlslint check goes where: -f and -o in pairs, MTLSLINT_FORMAT, and what is refused.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
rules=$PWD/fixtures/rules/missing_intermediate
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
unset MTLSLINT_FORMAT

fail() { echo "FAIL: $*"; exit 1; }
check() { "$MTLSLINT" check "$rules/alone.pem" "$rules/issuing-ca.pem" --at 2026-06-01 "$@"; }
# prints FORMAT: is standard input in that format?
prints() {
    case $1 in
    full) grep -q '^error\[MTL104\]' ;;
    concise) grep -q ':1:1: error: MTL104 ' ;;
    json) jq -e '.schema == "mtlslint/check/1"' >/dev/null ;;
    jsonl) jq -e '.code == "MTL104"' >/dev/null ;;
    sarif) jq -e '.version == "2.1.0"' >/dev/null ;;
    gitlab) jq -e '.[0].check_name == "MTL104"' >/dev/null ;;
    github) grep -q '^::error title=MTL104 ' ;;
    junit) grep -q '<testsuites ' ;;
    checkstyle) grep -q '<checkstyle ' ;;
    esac
}
is() { prints "$1" <"$2" || fail "$2 is not $1: $(head -c 300 "$2")"; }
# refuses PATTERN ARGUMENTS...: status 2, a message, nothing on standard output, no file.
refuses() {
    local pattern=$1 status=0
    shift
    check "$@" >out 2>err || status=$?
    [ "$status" -eq 2 ] && [ ! -s out ] && grep -q -- "$pattern" err || fail "$*: status $status: $(cat err)"
    [ ! -e new ] || fail "$*: a file was written"
    echo "ok: refused: $(cut -c-100 err)"
}

check >out || true
is full out
for format in full concise json jsonl sarif github gitlab junit checkstyle; do
    check -f "$format" >out || true
    is "$format" out
    check --format="$format" -o file >out || true
    is "$format" file
    [ ! -s out ] || fail "$format is printed as well"
    MTLSLINT_FORMAT=$format check >out || true
    is "$format" out
    "$MTLSLINT" check --help | grep -q "\b$format\b" || fail "the help does not name $format"
    grep -q "^| \`$format\`" "$OLDPWD/docs/OUTPUT.md" || fail "docs/OUTPUT.md does not name $format"
done
echo "ok: every format, on standard output, in a file, from the environment"

check -f text >text && fail "no error"
check -f full >full && fail "no error"
cmp text full || fail "text is not full"
check -f full -f sarif -o a.sarif -f junit --output=b.xml >out && fail "no error"
is full out
is sarif a.sarif
is junit b.xml
check -f json -o - -f concise -o c >out && fail "no error"
is json out
is concise c
check -o d >out && fail "no error"
is full d
MTLSLINT_FORMAT=json check -o e -f concise >out && fail "no error"
is json e
is concise out
MTLSLINT_FORMAT=json check -f full >out && fail "no error"
is full out
MTLSLINT_FORMAT='' check >out && fail "no error"
is full out
echo "ok: an -o belongs to the -f before it, and -f outdoes the environment"

refuses "did you mean 'sarif'" -f sarf -o new
refuses "unknown format 'pdf'" -f pdf
MTLSLINT_FORMAT=jso refuses "MTLSLINT_FORMAT: unknown format 'jso'; did you mean 'json'" -o new
refuses 'only one report' -f full -f json
refuses 'only one report' -f full -f json -o - -f junit -o new
refuses 'two files for one report' -f full -o new -o newer
refuses 'two reports for one file' -f full -o new -f json -o new
refuses 'needs a value' -f
status=0
check -f json -o missing/folder -f concise >out 2>err || status=$?
[ "$status" -eq 2 ] && grep -q 'missing/folder' err || fail "a file that cannot be written: status $status"
is concise out
echo "ok: a report that cannot be written is status 2, and the others are written"

# A clean run is one line, or nothing; but a program gets its document.
clean() { "$MTLSLINT" check "$rules/fullchain.pem" "$rules/root.pem" --at 2026-06-01 "$@"; }
[ "$(clean | wc -l)" -eq 1 ] || fail "a clean run is not one line"
for format in full concise jsonl github; do
    [ -z "$(clean -q -f "$format" 2>&1)" ] || fail "$format is not quiet"
done
[ "$(clean -q -f gitlab)" = '[]' ] || fail "gitlab: no empty list"
clean -q -f json | jq -e '.findings == [] and .summary.errors == 0' >/dev/null || fail "json: no document"
clean -q -f junit | grep -q 'failures="0"' || fail "junit: no document"
echo "ok: a clean run is one line, nothing with -q, and a document for programs"

# Tests and exit status say the same.
failures() { check -f junit "$@" | sed -n 's/^<testsuites.* failures="\([0-9]*\)".*/\1/p'; }
set +o pipefail
[ "$(failures)" = 1 ] && [ "$(failures --fail-on never)" = 0 ] && [ "$(failures --severity MTL104=info)" = 0 ] &&
    [ "$(failures --severity MTL104=info --fail-on info)" = 1 ] || fail "JUnit's failures are not those of --fail-on"
echo "ok: JUnit's failures are those of --fail-on"
