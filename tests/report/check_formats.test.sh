#!/usr/bin/env bash
# Every format of mtlslint check against its schema and against the JSON report: for the findings of every rule's cases,
# for more findings than GitHub shows, for hostile names, and for a clean run.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
root=$PWD
schemas=${BUILD%/*}/schemas
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=/usr/bin/python3
[ -x "$python" ] || python=python3
reports=$scratch/reports
formats=(full concise json jsonl sarif github gitlab junit checkstyle)

fail() { echo "FAIL: $*"; exit 1; }
# report NAME ARGUMENTS...: all formats of one check.
report() {
    local folder=$reports/$1 format status=0
    local -a wanted=()
    shift
    mkdir -p "$folder"
    for format in "${formats[@]}"; do wanted+=(-f "$format" -o "$folder/report.$format"); done
    "$MTLSLINT" check "$@" "${wanted[@]}" >"$folder/stdout" 2>&1 || status=$?
    [ "$status" -le 1 ] || fail "$*: status $status: $(cat "$folder/stdout")"
}

tests/report/fetch_schemas "$schemas"

# The cases that fire, with their own options: the keys of a case are those of the command, but for a few.
cp -r fixtures/rules "$scratch/rules"
for case in fixtures/rules/*/fires-*.case; do
    mapfile -t arguments < <(awk '
        /^ *expect:/ { exit }
        /^ *#/ || NF == 0 { next }
        $1 == "check:" { for (i = 2; i <= NF; i++) print $i; next }
        $1 ~ /^(strict|public):$/ { sub(/:$/, "", $1); print "--" $1; next }
        $1 == "project:" { print "--config"; print $2; next }
        $1 ~ /^(open|repository):$/ { next }
        { sub(/:$/, "", $1); print "--" $1; print $2 }' "$case")
    rule=${case%/*}
    rule=${rule##*/}
    open=$(sed -n 's/^ *open: *//p' "$case")
    [ -z "$open" ] || (cd "$scratch/rules/$rule" && chmod 755 . && chmod 644 "$open")
    (cd "$scratch/rules/$rule" && report "$rule-$(basename "$case" .case)" "${arguments[@]}")
done
(cd fixtures/rules && report many . --at 2035-01-01)
(cd fixtures/rules/missing_intermediate && report clean fullchain.pem root.pem --at 2026-06-01)
(cd "$scratch" && mkdir nothing && report nothing nothing --allow-empty)

# Names that try to be markup, orders to CI systems, terminal sequences, bidirectional text, and no text at all.
der() { # BYTES, as printf has them: a UTF8String in hexadecimal
    local hex
    hex=$(printf "$1" | od -An -v -tx1 | tr -d ' \n')
    printf '0c%02x%s' $((${#hex} / 2)) "$hex"
}
markup=$(der '%%0A::stop-commands::x]]><b>&amp;"'"'"'##vso[task.complete] [click](http://e.example)')
terminal=$(der '\x1b[31m\r\n::error::red\xe2\x80\xaed\xef\xbf\xbf\xff\xfe')
wrapped=$(der "$(printf 'word %.0s' {1..12}) ::set-output name=x::y ::add-mask::e ::add-mask::i")
mkdir -p "$scratch/hostile/names"
cat >"$scratch/hostile/recipe" <<END
root self-signed subject=CN=hex:$terminal ca
mid issuer=root subject=O=hex:$wrapped,CN=hex:$markup ca
leaf issuer=mid subject=CN=hex:$markup,OU=hex:$terminal not-ca dns=a.example
other issuer=mid subject=CN=hex:$wrapped not-ca dns=b.example
leaf.pem = leaf root leaf
mid.pem = mid
other.pem = other root
END
"$BUILD/tests/mint" "$scratch/hostile/recipe"
cd "$scratch/hostile"
mv leaf.pem "names/$(printf ']]>%%0A::error file=x,line=1::\033[31m\xe2\x80\xae##[x]&lt;\xff.pem')"
mv other.pem "names/$(printf 'new\nline,a:b.pem')"
printf 'not certificates at all, but PEM?\n-----BEGIN CERTIFICATE-----\nAAAA\n' >'names/::add-mask::broken.pem'
report hostile . --at 2026-06-01
report hostile-absolute "$PWD/names" "$PWD/mid.pem" --at 2026-06-01
(cd names && report hostile-here . --at 2026-06-01)
(cd names && report hostile-elsewhere ../mid.pem ../names --at 2026-06-01)
cd "$root"
[ "$(jq '.findings | length' "$reports/hostile/report.json")" -ge 4 ] || fail "hostile names: too few findings"

xmllint --noout --schema "$schemas/junit-10.xsd" "$reports"/*/report.junit 2>"$scratch/xml" || { grep -v " validates$" "$scratch/xml"; fail "JUnit"; }
echo "ok: JUnit is valid by the schema of Jenkins' plug-in"
xmllint --noout --schema tests/report/checkstyle.xsd "$reports"/*/report.checkstyle 2>"$scratch/xml" ||
    { grep -v " validates$" "$scratch/xml"; fail "checkstyle"; }
echo "ok: checkstyle is valid"
"$python" tests/report/validate.py "$schemas/sarif-schema-2.1.0.json" tests/report/gitlab.schema.json "$reports"/* >"$scratch/seen" ||
    fail "$(cat "$scratch/seen")"
echo "ok: SARIF and GitLab are valid, and all formats say the same: $(cat "$scratch/seen")"
for code in $("$MTLSLINT" rules | awk '{ print $1 }'); do
    grep -q "\b$code\b" "$scratch/seen" || fail "no report of $code was looked at"
done
echo "ok: every rule was reported"
grep -q '^and [0-9]* more of level' "$reports/many/report.github" || fail "nothing says how many annotations are missing"
echo "ok: GitHub's limit is told"
absolute=$reports/hostile-absolute
[ -z "$(jq -r '.[].location.path | select(startswith("/"))' "$absolute/report.gitlab")" ] || fail "GitLab: an absolute path"
[ -z "$(jq -r '.. | .uriBaseId? // empty | select(. != "%SRCROOT%")' "$absolute/report.sarif")" ] || fail "SARIF: not from the root"
if grep -e '<file name="/' -e '<testsuite name="/' -e ',file=/' "$absolute"/report.{checkstyle,junit,github}; then fail "an absolute path"; fi
[ "$(jq -c '[.[].fingerprint]' "$reports/hostile/report.gitlab")" = "$(jq -c '[.[].fingerprint]' "$reports/hostile-absolute/report.gitlab")" ] ||
    fail "an absolute path changes a fingerprint"
echo "ok: an absolute path gives the same fingerprints, and files are named from the current directory"

# The validators see what is wrong: a test that cannot fail tests nothing.
plant() { # WHAT FORMAT SED-SCRIPT: the validator must object
    rm -rf "$scratch/planted"
    cp -r "$reports/many" "$scratch/planted"
    sed -i "$3" "$scratch/planted/report.$2"
    if "$python" tests/report/validate.py "$schemas/sarif-schema-2.1.0.json" tests/report/gitlab.schema.json "$scratch/planted" >/dev/null 2>&1; then
        fail "a planted fault went unnoticed: $1"
    fi
    echo "ok: caught $1"
}
plant "a SARIF level that does not exist" sarif '0,/"level": "error"/s//"level": "fatal"/'
plant "an absolute URI" sarif 's/"uri": "\([a-z_]*\/\)/"uri": "file:\/\/\/\1/'
plant "an unknown severity" gitlab '0,/"critical"/s//"fatal"/'
plant "a repeated fingerprint" gitlab 's/"fingerprint": ".*"/"fingerprint": "00"/'
plant "an annotation too many" github '1p'
plant "a raw escape sequence" concise $'1s/$/\033/'
plant "a failure that is none" junit '0,/<failure /s//<system-out /'
