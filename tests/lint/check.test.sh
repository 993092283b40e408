#!/usr/bin/env bash
# mtlslint check as a user meets it: exit status, what it refuses, its JSON, and whether it stays quiet.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
rules=$PWD/fixtures/rules
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() { echo "FAIL: $*"; exit 1; }
# expect STATUS PATTERN WHAT ARGUMENTS...: the exit status, and a pattern in what is printed on either stream.
expect() {
    local status=0 wanted=$1 pattern=$2 what=$3 printed
    shift 3
    printed=$("$MTLSLINT" "$@" 2>&1) || status=$?
    [ "$status" -eq "$wanted" ] || fail "$what: status $status, not $wanted: $printed"
    grep -q -- "$pattern" <<<"$printed" || fail "$what: printed $printed"
    echo "ok: $what"
}
at=(--at 2026-06-01)
missing=$rules/missing_intermediate

expect 0 '^no findings, 3 certificates in 2 files$' "a clean bundle is one line" check "$missing/fullchain.pem" "$missing/root.pem" "${at[@]}"
expect 1 'MTL104' "an error is status 1" check "$missing/alone.pem" "$missing/issuing-ca.pem" "${at[@]}"
expect 1 'MTL104' "a bare path means check" "$missing/alone.pem" "$missing/issuing-ca.pem" "${at[@]}"
expect 0 'MTL108' "a warning alone is status 0" check "$rules/unknown_issuer/fetch.pem" "${at[@]}"

: >empty.pem
mkdir -p bare tree/a/b tree/.hidden
cp "$missing/fullchain.pem" tree/a/b/
cp "$missing/alone.pem" tree/.hidden/
ln -s . tree/a/loop
mkfifo pipe
expect 2 'no certificate' "an empty file is no clean file" check empty.pem
expect 2 'no certificate' "nor does a trust store make up for it" check empty.pem --trust "$missing/root.pem"
expect 0 '^no findings' "a trust store checked for its own sake" check "$missing/root.pem" --trust "$missing/root.pem" "${at[@]}"
expect 2 'no certificate' "neither is an empty directory" check bare
expect 2 'nowhere.pem' "a path that does not exist" check nowhere.pem
expect 2 'FIFO' "a FIFO is not waited for" check pipe
expect 2 'no certificate' "a key alone" check "$rules/key_mismatch/orders.key"
expect 2 "did you mean 'openssl-" "an unknown stack" check tree --stack opensll
expect 2 "did you mean 'server'" "an unknown role" check tree --role srver
expect 2 'not a duration' "a bad horizon" check tree --horizon soon
expect 2 '--at' "a bad time" check tree --at 2026-13-01
expect 0 '2 certificates in 1 file$' "directories are walked; links and what is hidden are not" check tree "${at[@]}"

# Without a path: the current directory, whose files are named as a person would.
mkdir here
cp "$missing/alone.pem" here/leaf.pem
cp "$missing/issuing-ca.pem" here/issuing.pem
(cd here && "$MTLSLINT" --at 2026-06-01 -f concise) >here.txt && fail "no error without a path"
grep -q '^leaf.pem:1:1: error: MTL104 ' here.txt || fail "without a path: $(cat here.txt)"
(cd here && "$MTLSLINT" check . leaf.pem --at 2026-06-01 -f concise) >twice.txt || true
cmp here.txt twice.txt || fail "a file named twice is linted twice"
expect 2 'no certificate' "nothing in the current directory" check bare
expect 0 '^no findings, 0 certificates in 0 files$' "nothing is fine with --allow-empty" check bare --allow-empty
echo "ok: no path means the current directory"

# Which findings count.
broken=("$missing/alone.pem" "$missing/issuing-ca.pem" "${at[@]}")
expect 0 '^no findings' "an ignored rule" check "${broken[@]}" --ignore MTL104
expect 0 '^no findings' "the beginning of codes" check "${broken[@]}" --ignore mtl1
expect 0 '^no findings' "only another rule" check "${broken[@]}" --select MTL2,weak-key
expect 1 'MTL104' "a rule by name" check "${broken[@]}" --select weak-key --select missing-intermediate
expect 0 '^no findings' "selected and ignored" check "${broken[@]}" --select MTL104 --ignore MTL1
expect 0 'warning\[MTL104\]' "another severity" check "${broken[@]}" --severity MTL104=warning
expect 1 'warning\[MTL104\]' "and fails on it" check "${broken[@]}" --severity missing-intermediate=warning --fail-on warning
expect 1 'info\[MTL104\]' "fails on infos" check "${broken[@]}" --severity MTL104=info --fail-on info
expect 0 'info\[MTL104\]' "does not fail on infos" check "${broken[@]}" --severity MTL104=info --fail-on warning
expect 0 'error\[MTL104\]' "never fails" check "${broken[@]}" --fail-on never
expect 0 'error\[MTL104\]' "exit zero" check "${broken[@]}" --exit-zero
expect 2 'nowhere.pem' "exit zero does not hide what could not be done" check nowhere.pem --exit-zero
expect 2 "did you mean 'missing-intermediate'" "an unknown rule" check "${broken[@]}" --select missing-intermediat
expect 2 "did you mean 'MTL" "an unknown code" check "${broken[@]}" --ignore MTL199
expect 2 "is no rule" "no rule at all" check "${broken[@]}" --select ''
expect 2 "sets no severity" "an unknown severity" check "${broken[@]}" --severity MTL104=fatal
expect 2 "did you mean 'never'" "an unknown threshold" check "${broken[@]}" --fail-on nevr
for option in -q --quiet; do
    [ -z "$("$MTLSLINT" check "$missing/fullchain.pem" "$missing/root.pem" "${at[@]}" $option 2>&1)" ] || fail "$option is not quiet"
done
expect 1 'MTL104' "quiet says what it finds" check "${broken[@]}" -q

# A baseline hides what is known, unless it became graver.
expect 0 '1 finding written as the baseline' "a baseline is written" check "${broken[@]}" --write-baseline known.json
expect 0 '^no findings, 2 certificates in 2 files (1 known finding hidden by baseline)$' "a known finding" check "${broken[@]}" --baseline known.json
expect 0 '^mtlslint: 1 known finding hidden by baseline$' "also where a format has no place for it" check "${broken[@]}" --baseline known.json -f concise
"$MTLSLINT" check "${broken[@]}" --write-baseline lenient.json --severity MTL104=warning -q
expect 1 'MTL104' "a finding that became graver" check "${broken[@]}" --baseline lenient.json
expect 1 'MTL104' "another file's finding" check "$missing/deep.pem" "${broken[@]}" --baseline known.json
{ echo '# moved down'; cat here/leaf.pem; } >moved && mv moved here/leaf.pem
(cd here && "$MTLSLINT" . --at 2026-06-01 --write-baseline ../here.json -q)
{ echo '# and again'; cat here/leaf.pem; } >moved && mv moved here/leaf.pem
(cd here && "$MTLSLINT" "$PWD/leaf.pem" ./../here/issuing.pem --at 2026-06-02 --baseline ../here.json) >/dev/null ||
    fail "line, date and the way to write the path change a fingerprint"
cp -r "$rules/optional_verification" project
prints_of() { (cd project && "$MTLSLINT" check --config "$1" --at 2026-06-01 -f json | jq -r '.findings[] | select(.code == "MTL507") | .fingerprint'); }
one=$(prints_of optional.yaml)
{ echo handshakes:; sed -n '2,$p' project/optional.yaml | sed 's/orders-to/another-to/'; sed -n '2,$p' project/optional.yaml; } >project/both.yaml
mv project/both.yaml project/optional.yaml
[ -n "$one" ] && [ "$(prints_of optional.yaml | grep -c .)" -eq 2 ] && prints_of optional.yaml | grep -qx "$one" ||
    fail "another handshake above it changes a finding's fingerprint"
echo "ok: a handshake's findings keep their fingerprints beside another's"
expect 2 'is no JSON' "a baseline that is no JSON" check "${broken[@]}" --baseline here.txt
echo '{"schema": "mtlslint/show/1"}' >other.json
expect 2 'is no JSON report of mtlslint check' "another document" check "${broken[@]}" --baseline other.json
expect 2 'does not exist' "no baseline" check "${broken[@]}" --baseline none.json
expect 2 'leave out' "a baseline of a baseline" check "${broken[@]}" --baseline known.json --write-baseline new.json

# The same findings in the same order, whatever the order of the paths.
"$MTLSLINT" check -f json "${at[@]}" "$missing/alone.pem" "$missing/issuing-ca.pem" "$missing/deep.pem" >one.json || true
"$MTLSLINT" check -f json "${at[@]}" "$missing/deep.pem" "$missing/issuing-ca.pem" "$missing/alone.pem" >two.json || true
cmp one.json two.json || fail "the order of paths shows"
[ "$(jq '.findings | length' one.json)" -eq 2 ] || fail "not two findings"
echo "ok: the order of paths does not show"

# JSON names the certificate as OpenSSL does.
truth=$(openssl x509 -in "$missing/alone.pem" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f)
[ "$(jq -r '.findings[0].certificate.sha256' one.json)" = "$truth" ] || fail "sha256"
[ "$(jq -r '[.schema, .findings[0].code, .findings[0].severity, .findings[0].place.line] | join(" ")' one.json)" = \
    "mtlslint/check/1 MTL104 error 1" ] || fail "fields of the JSON"
echo "ok: the JSON has the documented fields"

for key in $(jq -r '[paths[] | strings] | unique[]' one.json); do
    grep -q "\`$key\`" "$OLDPWD/docs/JSON-CHECK.md" || fail "docs/JSON-CHECK.md does not name $key"
done
echo "ok: docs/JSON-CHECK.md names every field"

# Headline, place, evidence, why, fix, docs: a finding fits a glance.
"$MTLSLINT" check "$rules" "$OLDPWD/fixtures/handshake" "${at[@]}" >all.txt || [ $? -eq 1 ] || fail "all fixtures: status $?"
awk 'BEGIN { RS = ""; FS = "\n" } NF > most { most = NF } END { print "ok: " NR - 1 " findings of at most " most " lines"; exit most > 14 }' all.txt ||
    fail "a finding has more than 14 lines"

# --trust judges as OpenSSL does: same error.
rejected=$rules/rejected_by_trust_store
for store in other last-year; do
    truth=$(openssl verify -attime 1780000000 -purpose sslserver -CAfile "$rejected/$store.pem" -untrusted "$rejected/chain.pem" \
        "$rejected/chain.pem" 2>&1 | sed -n 's/^error \([0-9]*\) at.*/\1/p') || true
    found=$("$MTLSLINT" check -f json --at 2026-05-28 --role server --trust "$rejected/$store.pem" "$rejected/chain.pem" |
        jq -r '.findings[] | select(.code == "MTL501") | .why' | sed -n 's/.*X509_V_ERR[A-Z_]* (\([0-9]*\)).*/\1/p') || true
    [ -n "$truth" ] && [ "$truth" = "$found" ] || fail "$store: openssl says $truth, MTL501 says $found"
done
echo "ok: MTL501 names the error openssl verify names"

# A hostile name in a file cannot reach the terminal.
cp "$missing/alone.pem" "$(printf 'a\033[31m.pem')"
"$MTLSLINT" check "$(printf 'a\033[31m.pem')" "$missing/issuing-ca.pem" "${at[@]}" >hostile.txt || true
if grep -q "$(printf '\033')" hostile.txt; then fail "an escape sequence was printed"; fi
grep -q 'MTL104' hostile.txt || fail "no finding for the hostile name"
echo "ok: file names are made safe to print"

# Many certificates: copies of two, one issuer of all, and one name for all. Nothing here may be quadratic.
{
    echo 'root self-signed subject=CN=R ca'
    echo 'leaf issuer=root not-ca dns=a.example'
    for ((i = 0; i < 2000; i++)); do
        echo "l$i issuer=root subject=CN=l$i not-ca key=ec:P-256#5"
        echo "s$i issuer=root subject=CN=S serial=$((10000000 + i)) key=ec:P-256#$((i % 5)) ca ski=none aki=none"
    done
    echo "below issuer=s1 not-ca dns=b.example aki=none"
    printf 'leaves.pem ='; printf ' l%d' {0..1999}; echo ' root'
    printf 'namesakes.pem = below'; printf ' s%d' {0..1999}; echo
    echo 'pair.pem = leaf root'
} >many.recipe
if ! (cd "$OLDPWD" && "$BUILD/tests/mint" "$scratch/many.recipe"); then fail "minting"; fi
for ((i = 0; i < 5000; i++)); do echo pair.pem; done | xargs cat >copies.pem
for file in leaves namesakes copies; do
    timeout 120 "$MTLSLINT" check "$file.pem" "${at[@]}" >many.txt || [ $? -eq 1 ] || fail "$file.pem: status $?"
    echo "ok: $(tail -1 many.txt): $file.pem"
done

# Quiet on the trust store of the distribution, without what an administrator added. Expired roots in it are warnings:
# chains below other roots work.
mkdir -p hashed single
cp /usr/share/ca-certificates/mozilla/*.crt hashed/
cp hashed/*.crt single/
openssl rehash hashed
cat hashed/*.crt >distribution.pem
for store in distribution.pem hashed single; do
    "$MTLSLINT" check -f json "$store" --at 2026-06-01 >store.json || fail "errors in $store"
    [ "$(jq -r '[.findings[].code] | unique - ["MTL202", "MTL203"] | length' store.json)" -eq 0 ] ||
        fail "$store: $(jq -r '.findings[].message' store.json)"
    [ "$(jq '.summary.certificates' store.json)" -gt 100 ] || fail "$store was not read"
done
echo "ok: quiet on the trust store of the distribution"

# Threads and the order of the paths change nothing but the time.
bytes_of() { "$MTLSLINT" check "${at[@]}" -f json "$@" || [ $? -eq 1 ]; }
folders=("$rules/key_mismatch" "$rules/weak_digest" "$rules/missing_intermediate" "$rules/wrong_hash_name")
for jobs in 1 2 8; do
    bytes_of --jobs "$jobs" "${folders[@]}" >"jobs$jobs.json"
done
bytes_of --jobs 8 "${folders[3]}" "${folders[1]}" "${folders[2]}" "${folders[0]}" >shuffled.json
cmp jobs1.json jobs2.json && cmp jobs1.json jobs8.json && cmp jobs1.json shuffled.json || fail "threads or the order of paths change the output"
[ "$(grep -o '"code"' jobs1.json | wc -l)" -ge 5 ] || fail "too few findings to tell"
echo "ok: threads and the order of the paths change nothing"

# Nor where they share out the files of one folder, of all kinds, with more to note than is kept.
mkdir -p crowd/folder
openssl pkcs12 -export -nokeys -in "$missing/root.pem" -passout pass:sesame -out crowd.p12
openssl x509 -in "$missing/root.pem" -outform DER -out crowd.der
echo sesame >crowd.password
for ((i = 1000; i < 2400; i++)); do
    case $((i % 50)) in
    0) cp crowd.p12 "crowd/$i" ;;
    13) cp crowd.der "crowd/$i" ;;
    29) cp "$missing/fullchain.pem" "crowd/$i" ;;
    37) : >"crowd/$i" ;;
    *) echo "Note $i" >"crowd/$i" ;;
    esac
done
for jobs in 1 2 8; do
    bytes_of --jobs "$jobs" --store-password-file crowd.password crowd >"crowd$jobs.json"
done
cmp crowd1.json crowd2.json && cmp crowd1.json crowd8.json || fail "threads that read one folder change the output"
[ "$(jq .summary.certificates crowd1.json)" -ge 84 ] || fail "the crowd was not read: $(jq -c .summary crowd1.json)"
echo "ok: threads that read one folder change nothing"
expect 2 'not a number of threads' "--jobs 0" check --jobs 0 "$missing/root.pem"

mkdir -p repo/.git repo/old repo/now
cp "$missing/alone.pem" repo/old/ && cp "$missing/issuing-ca.pem" repo/now/
expect 1 'MTL104' "what is not ignored is looked at" check "${at[@]}" repo
echo 'old/' >repo/.gitignore
expect 0 '^no findings' "what .gitignore names is left out" check "${at[@]}" repo
expect 1 'MTL104' "unless it is named itself" check "${at[@]}" repo/old "$missing/issuing-ca.pem"

# What a line in a file hides is counted, and told to machines.
hiding=$rules/suppression_expiring
expect 0 '(1 suppressed)' "a suppressed finding is counted" check --at 2026-07-01 "$hiding/dated.pem" "$hiding/roots.pem"
"$MTLSLINT" check --at 2026-07-01 -f json "$hiding/dated.pem" "$hiding/roots.pem" >hidden.json
[ "$(jq -r '.suppressed[0] | .code + " " + .reason + " " + .until' hidden.json)" = "MTL601 OPS-1234: renewed by hand 2026-07-31" ] ||
    fail "the suppressed finding is not in the JSON"
[ "$("$MTLSLINT" check --at 2026-07-01 -f sarif "$hiding/dated.pem" "$hiding/roots.pem" |
    jq -r '.runs[0].results[0].suppressions[0].kind')" = inSource ] || fail "SARIF does not know of the suppression"
echo "ok: suppressed findings are told to machines"

mkdir -p accepted/old accepted/new
cp "$rules/leaf_expired/leaf.pem" accepted/old/ && cp "$rules/leaf_expired/roots.pem" accepted/
digits=$(openssl x509 -in accepted/old/leaf.pem -outform DER | sha256sum | cut -c1-20)
accept() { printf 'ignores:\n  - rule: leaf-expired\n    reason: kept\n' >accepted/.mtlslint.yaml; printf '    %s\n' "$@" >>accepted/.mtlslint.yaml; }
accept 'path: old/'
expect 0 '(1 suppressed)' "the project file accepts findings by path" check --at 2027-01-20 accepted
accept "cert: sha256:$digits"
expect 0 '(1 suppressed)' "and by certificate" check --at 2027-01-20 accepted
accept 'path: new/'
expect 1 'MTL601' "but no others" check --at 2027-01-20 accepted
accept 'path: old/' 'until: 2027-01-19'
expect 1 'MTL904' "and not for longer than it says" check --at 2027-01-20 accepted
accept 'path: old/'
expect 0 'MTL902' "what it does not need any more is said" check --at 2026-06-01 accepted
expect 0 '^no findings' "unless it is not in view" check --at 2026-06-01 accepted/roots.pem
sed -i 's/leaf-expired/leaf-expire/' accepted/.mtlslint.yaml
expect 2 "mtlslint.yaml:2: unknown rule.*leaf-expired" "a rule that does not exist is refused with its line" check accepted

expired=$rules/leaf_expired
expect 1 'answers the request with HTTP 400' "nginx tells a client in HTTP" check --at 2027-01-20 --role client --stack nginx-1.22 "$expired/leaf.pem" "$expired/roots.pem"
expect 1 'ends the connection without an alert' "a stack without alerts" check --at 2027-01-20 --role client --stack s2n "$expired/leaf.pem" "$expired/roots.pem"
