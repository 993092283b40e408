#!/usr/bin/env bash
# mtlslint fix: what it writes, judged by openssl; what it refuses; and that it never harms what is there.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
cp fixtures/fix/*.pem "$scratch"
cd "$scratch"
at=(--at 2026-06-01)

fail() { echo "FAIL: $*"; exit 1; }
# expect STATUS PATTERN WHAT ARGUMENTS...: the exit status, and a pattern in what is printed; new.pem only with 0.
expect() {
    local status=0 wanted=$1 pattern=$2 what=$3
    shift 3
    rm -f new.pem
    "$MTLSLINT" fix "$@" -o new.pem "${at[@]}" >printed 2>&1 || status=$?
    [ "$status" -eq "$wanted" ] || fail "$what: status $status, not $wanted: $(cat printed)"
    tr -s ' \n' ' ' <printed | grep -q -- "$pattern" || fail "$what: printed $(cat printed)" # however lines are wrapped
    if [ "$status" -eq 0 ]; then [ -s new.pem ] || fail "$what: nothing written"; fi
    if [ "$status" -ne 0 ] && [ -e new.pem ]; then fail "$what: written in spite of status $status"; fi
    echo "ok: $what"
}
subjects() { openssl storeutl -certs -noout -text "$1" | sed -n 's/^ *Subject:.*CN *= *//p' | paste -sd ,; }
# The fingerprint of each certificate, as openssl takes the file apart.
prints() {
    awk '
        /BEGIN CERT/ { part = sprintf("part-%03d", ++n); inside = 1 }
        inside { print > part }
        /END CERT/ { inside = 0; close(part) }' "$1"
    for part in part-*; do openssl x509 -in "$part" -noout -fingerprint -sha256; done
    rm -f part-*
}
# holds SUBJECTS ROOT: new.pem is this chain, octet for octet from the fixtures, in the PEM that openssl writes.
holds() {
    [ "$(subjects new.pem)" = "$1" ] || fail "holds $(subjects new.pem), not $1"
    openssl verify -attime 1780000000 -purpose sslserver -CAfile "$2" -untrusted new.pem new.pem >/dev/null || fail "$1: openssl verify"
    openssl storeutl -certs new.pem | sed -n '/BEGIN/,/END/p' | cmp - new.pem || fail "$1: not the PEM of openssl"
    for print in $(prints new.pem | sed 's/.*=//'); do
        grep -qF "$print" known || fail "$1: a certificate that no input has"
    done
}
for file in *.pem; do
    case $file in key.pem | other-key.pem) ;; *) prints "$file" ;; esac
done | sort -u >known
[ "$(wc -l <known)" -eq 12 ] || fail "too few certificates known"
sha256sum ./*.pem >sums
chain='payments,Acme Issuing CA,Acme Policy CA'

# ---- what is made right ------------------------------------------------------------------------------------------

for bundle in reversed shuffled duplicates with-root unrelated; do
    for trust in "" root.pem; do
        expect 0 'made right' "$bundle${trust:+, with a trust store}" $bundle.pem ${trust:+--trust $trust}
        holds "$chain" root.pem
    done
done
expect 0 'whether an issuer is missing cannot be told' "without a root, the order alone is vouched for" right.pem
holds "$chain" root.pem
expect 0 'the right certificates in the right order' "nothing to do is said, and written all the same" right.pem --trust root.pem
cmp right.pem new.pem || fail "not the same"
expect 0 '2 added *Acme Issuing CA (issuing.pem:1)' "a missing intermediate comes from another file" gap.pem --also issuing.pem
holds "$chain" root.pem
expect 0 '3 added *Acme Policy CA (issuers.pem:1)' "two of them" alone.pem --also key.pem --also issuers.pem --trust root.pem
holds "$chain" root.pem
expect 0 'MTL105 wrong-issuer' "a namesake of the issuer gives way to it" mimic.pem --also issuing.pem
holds "$chain" root.pem
expect 0 'MTL604 intermediate-expired' "an expired certificate gives way to its successor" aged-and-new.pem
holds "$chain" root.pem
expect 0 'it has expired; issuing.pem:1 has' "from another file, too" aged.pem --also issuing.pem --trust root.pem
holds "$chain" root.pem
expect 0 'does without it' "of two ways the one that the trust store ends" crossed.pem --trust root.pem
holds "$chain" root.pem
expect 0 'does without it' "or the other one" crossed.pem --trust stray-root.pem
holds "payments,Acme Issuing CA" stray-root.pem
expect 0 'the right certificates' "both ways stay where both ends are trusted" crossed.pem --trust roots.pem
cmp crossed.pem new.pem || fail "not the same"

expect 0 'keyed.pem:36: the private key' "the key is not copied, and it is said where it is" keyed.pem
holds "$chain" root.pem
! grep -q KEY new.pem || fail "a key was copied"
grep -v -e ----- key.pem >secret
! grep -qFf secret new.pem printed || fail "private bytes"
echo "ok: no private byte is copied or printed"

openssl crl2pkcs7 -nocrl -certfile shuffled.pem -outform der -out shuffled.p7b
openssl crl2pkcs7 -nocrl -certfile shuffled.pem -out shuffled.p7c
openssl x509 -in alone.pem -outform der -out alone.der
for bundle in shuffled.p7b shuffled.p7c; do
    expect 0 'made right' "PKCS#7: $bundle" $bundle --trust root.pem
    holds "$chain" root.pem
done
expect 0 'made right' "DER" alone.der --also issuers.pem --trust root.pem
holds "$chain" root.pem
{ printf '\xef\xbb\xbf# exported\r\n'; sed 's/$/\r/' shuffled.pem; } >dirty.pem
expect 0 'made right' "dirty PEM" dirty.pem --trust root.pem
holds "$chain" root.pem
{ echo '# mtlslint: ignore=MTL103 reason="kept"'; cat duplicates.pem; } >remarked.pem
expect 0 'remarked.pem:1: the comment' "comments are not copied, and that is said" remarked.pem

# ---- the key, and the project file ---------------------------------------------------------------------------------

expect 0 'key.pem fits payments' "of two leaves the key tells which" two-leaves.pem --key key.pem
holds "$chain" root.pem
expect 0 'removed *payments .*it issued nothing' "or the other one" two-leaves.pem --key other-key.pem --trust root.pem
holds "orders,Acme Issuing CA,Acme Policy CA" root.pem
expect 0 'key.pem fits payments' "of one it is compared" reversed.pem --key key.pem
expect 2 'other-key.pem: fits no leaf in reversed.pem' "a key that fits none" reversed.pem --key other-key.pem
expect 2 'holds a certificate where a private key is due' "no key" reversed.pem --key root.pem
openssl pkey -in key.pem -aes128 -passout pass:secret -out secret-key.pem
expect 2 'is encrypted' "an encrypted key" reversed.pem --key secret-key.pem
cat key.pem other-key.pem >keys
expect 2 'holds 2 private keys' "two keys" reversed.pem --key keys
rm secret-key.pem keys

mkdir -p project/deep && cp two-leaves.pem reversed.pem key.pem root.pem roots.pem stray-root.pem project/deep
cat >project/deep/.mtlslint.yaml <<'END'
horizon: 60d
handshakes:
  orders-to-payments:
    server_name: payments.example
    client: {trust: root.pem, stack: go}
    server: {cert: two-leaves.pem, key: key.pem}
  shop-to-payments:
    server_name: shop.example
    client: {trust: root.pem, stack: go}
    server: {cert: two-leaves.pem, key: key.pem}
  with-one-root:
    client: {trust: root.pem}
    server: {cert: reversed.pem}
  with-another:
    client: {trust: stray-root.pem}
    server: {cert: reversed.pem}
  unverified:
    client: {trust: roots.pem, verify: none}
    server: {cert: two-leaves.pem}
END
project=project/deep
expect 0 'trust project/deep/root.pem go-1.26 before' "the project file tells key, trust and stack" $project/two-leaves.pem
holds "$chain" root.pem
expect 0 'trust project/deep/roots.pem openssl-3.5 before' "options count more" $project/two-leaves.pem \
    --trust $project/roots.pem --stack openssl-3.5
expect 2 'several' "nothing of it with --isolated" $project/two-leaves.pem --isolated
expect 2 '.mtlslint.yaml:12: the handshakes that present project/deep/reversed.pem differ in what their peers trust. Choose with --trust' \
    "what handshakes do not agree on is asked for" $project/reversed.pem
expect 0 'made right' "and may be chosen" $project/reversed.pem --trust $project/root.pem
expect 1 'does not trust Acme Root' "--config names another" reversed.pem --config $project/.mtlslint.yaml --trust stray-root.pem
rm -r project

# ---- what check offers comes to the same --------------------------------------------------------------------------

# offers WORDS ARGUMENTS...: the command that check offers for a finding ends so; carried out, it writes the chain.
offers() {
    local command
    command=$("$MTLSLINT" check -f json "${@:2}" 2>&1 | jq -r '[.findings[].fix.mtlslint_fix | values][0]' || true)
    [ "$command" = "mtlslint fix ${*:2:1} $1 -o ${2%.pem}.fixed.pem" ] || fail "check ${*:2} offers $command"
    (eval "\"$MTLSLINT\" ${command#mtlslint }" >printed) || fail "$command: $(cat printed)"
    mv "${2%.pem}.fixed.pem" new.pem
    holds "$chain" root.pem
    echo "ok: offered: $1"
}
offers '--at 2026-06-01' reversed.pem --at 2026-06-01
offers '--at 2026-06-01T10:20:30Z' reversed.pem --at 2026-06-01T10:20:30Z
offers '--role server --stack go-1.26 --depth 2 --at 2026-06-01 --horizon 129600s --strict --isolated' reversed.pem --role server \
    --stack go --depth 2 --at 2026-06-01 --horizon 36h --strict --isolated
offers '--horizon 10d' reversed.pem --horizon 10d

# ---- what cannot be made right -----------------------------------------------------------------------------------

expect 1 'wanted *O=Acme, CN=Acme Issuing CA' "a missing issuer is named" gap.pem
keyid=$(openssl x509 -in gap.pem -noout -ext authorityKeyIdentifier | sed -n 's/^ *\(keyid:\)\?\([0-9A-F:]*\)$/\2/p' | tr A-F a-f)
grep -q "its key id *$keyid\$" printed || fail "its key id is not $keyid"
expect 1 'to be had at *http://ca.example/issuing.cer' "and where it may be had" fetch.pem
expect 1 'the issuer of payments is in none' "a namesake is not enough" mimic.pem
expect 1 'MTL604' "an expired intermediate without successor" aged.pem
expect 1 'MTL601' "an expired leaf" late.pem
expect 1 'does not trust Acme Root' "what would need more trust" reversed.pem --trust stray-root.pem
expect 1 'would have to trust it' "likewise where the root is not at hand" shuffled.pem --trust stray-root.pem
expect 1 'error.MTL318' "another name than clients ask for" shuffled.pem --trust root.pem --name orders.example
expect 1 'cannot be made right' "another role than the leaf is for" shuffled.pem --trust root.pem --role client

# ---- what is not tried -------------------------------------------------------------------------------------------

: >empty.pem
mkdir trust bare
openssl x509 -in root.pem -out "trust/$(openssl x509 -in root.pem -noout -hash).0"
mkfifo pipe
expect 0 'trust trust' "a trust store may be a directory" shuffled.pem --trust trust
holds "$chain" root.pem
expect 2 'several .*line 1, line 25.*with --key' "two leaves" two-leaves.pem
expect 2 'is a trust store' "a trust store" roots.pem
expect 2 'is a trust store' "what is given as one" right.pem --trust ./right.pem
expect 2 'no leaf' "intermediates only" issuers.pem
expect 2 'holds no certificate' "a key" key.pem
expect 2 'holds no certificate' "nothing" empty.pem
expect 2 'holds no certificate' "an empty trust store" right.pem --trust empty.pem
expect 2 'is a directory' "a directory" trust
expect 2 'is a directory' "an empty one" bare
expect 2 'does not exist' "no file" nowhere.pem
expect 2 'does not exist' "no other file" right.pem --also nowhere.pem
expect 2 'FIFO' "a FIFO is not waited for" pipe
expect 2 "did you mean 'openssl-" "an unknown stack" right.pem --stack opensll
expect 2 'one bundle at a time' "two bundles" right.pem gap.pem

# ---- where the result goes ---------------------------------------------------------------------------------------

state() { ls -ld "$1" 2>&1; [ ! -f "$1" ] || sha256sum "$1"; }
# refuses PATTERN WHAT PATH ARGUMENTS...: status 2, and PATH is as it was.
refuses() {
    local pattern=$1 what=$2 path=$3 status=0 before after
    shift 3
    before=$(state "$path")
    "$MTLSLINT" fix "$@" -o "$path" "${at[@]}" >printed 2>&1 || status=$?
    [ "$status" -eq 2 ] || fail "$what: status $status: $(cat printed)"
    grep -q -- "$pattern" printed || fail "$what: printed $(cat printed)"
    after=$(state "$path")
    [ "$before" = "$after" ] || fail "$what: $path changed"
    echo "ok: $what"
}
echo mine >mine.pem
ln -s reversed.pem link.pem
ln reversed.pem hard.pem
ln -s nowhere dangling.pem
refuses 'exists; give another file, or --overwrite' "a file that exists" mine.pem reversed.pem
refuses 'exists' "a link that leads nowhere" dangling.pem reversed.pem
refuses 'is the bundle itself' "the bundle" reversed.pem reversed.pem --overwrite
refuses 'is the bundle itself' "the bundle by a link" link.pem reversed.pem --overwrite
refuses 'is the bundle itself' "the bundle by another name" hard.pem reversed.pem --overwrite
refuses 'is the private key' "the key" key.pem reversed.pem --key key.pem --overwrite
refuses 'read with --also' "another file that is read" issuing.pem gap.pem --also issuing.pem --overwrite
refuses 'is trusted, or would be' "the trust store" root.pem reversed.pem --trust root.pem --overwrite
refuses 'is trusted, or would be' "a file in a directory that is trusted" trust/new.pem reversed.pem --trust trust
refuses 'cannot be written' "no such directory" no/where.pem reversed.pem
refuses 'cannot be written' "a file for a directory" mine.pem/new.pem reversed.pem
refuses 'cannot be written' "a FIFO is not replaced" pipe reversed.pem --overwrite
refuses 'cannot be written' "nor a directory" bare reversed.pem --overwrite
status=0
"$MTLSLINT" fix reversed.pem "${at[@]}" >printed 2>&1 || status=$?
[ "$status" -eq 2 ] && grep -q 'name the new file' printed || fail "no -o"

(umask 027 && "$MTLSLINT" fix reversed.pem -o mode.pem "${at[@]}" >/dev/null)
[ "$(stat -c %a mode.pem)" = 640 ] || fail "mode $(stat -c %a mode.pem)"
"$MTLSLINT" fix reversed.pem -o mine.pem --overwrite "${at[@]}" >/dev/null
cmp mine.pem mode.pem || fail "--overwrite"
"$MTLSLINT" fix reversed.pem -o dangling.pem --overwrite "${at[@]}" >/dev/null
[ ! -L dangling.pem ] && [ ! -e nowhere ] || fail "a link was followed"
echo "ok: mode, --overwrite"

"$MTLSLINT" fix reversed.pem -o - "${at[@]}" >out.pem 2>report
cmp out.pem mine.pem || fail "standard output"
grep -q 'made right' report || fail "no report on standard error"
status=0
"$MTLSLINT" fix reversed.pem -o - "${at[@]}" >/dev/full 2>report || status=$?
[ "$status" -eq 2 ] || fail "a full disk: $status"
echo "ok: standard output"

[ -z "$(find . -name '*.tmp')" ] || fail "temporary files are left: $(find . -name '*.tmp')"
sha256sum --quiet -c sums || fail "an input changed"
echo "ok: inputs are as they were, and nothing is left behind"

# ---- the same bytes, and JSON ------------------------------------------------------------------------------------

json() { "$MTLSLINT" fix "$1" -o - -f json "${at[@]}" "${@:2}" 2>&1 >/dev/null || true; }
json mimic.pem --also issuing.pem --also root.pem --also stray-root.pem >one.json
json mimic.pem --also stray-root.pem --also root.pem --also issuing.pem >two.json
cmp one.json two.json || fail "the order of --also shows"
[ "$(jq -r '[.schema, .result, .failure, .bundle, .output, .role] | map(tostring) | join(" ")' one.json)" = \
    "mtlslint/fix/1 fixed null mimic.pem null server" ] || fail "fields: $(cat one.json)"
[ "$(jq -r '.changes[] | [.change, .position, .certificate.place.path, .certificate.place.line, .reason] | map(tostring) | join(" ")' one.json)" = \
    "kept 1 mimic.pem 1 null
added 2 issuing.pem 1 null
kept 3 mimic.pem 25 null
removed null mimic.pem 13 unrelated" ] || fail "changes"
sha=$(openssl x509 -in issuing.pem -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f)
[ "$(jq -r '.changes[1].certificate.sha256' one.json)" = "$sha" ] || fail "sha256"
[ "$(jq '[.stacks[] | select(.before.outcome != "accepted" and .after.outcome == "accepted")] | length' one.json)" -ge 20 ] || fail "stacks"
json fetch.pem >failed.json
[ "$(jq -r '[.result, .failure, .missing.subject, .missing.url, .missing.issued.place.line] | map(tostring) | join(" ")' failed.json)" = \
    "failed missing-issuer O=Acme, CN=Acme Issuing CA http://ca.example/issuing.cer 1" ] || fail "failure: $(cat failed.json)"
json keyed.pem >keyed.json
json reversed.pem --trust stray-root.pem >wider.json
[ "$(jq -r '.failure, .untrusted.place.line' wider.json | paste -sd ' ')" = "wider-trust 1" ] || fail "wider trust"
for key in $(jq -r '[paths[] | strings] | unique[]' one.json failed.json keyed.json wider.json | sort -u); do
    grep -q "\`$key\`" "$root/docs/JSON-FIX.md" || fail "docs/JSON-FIX.md does not name $key"
done
for word in missing-issuer wider-trust rejected errors-remain not-better root copy expired unrelated detour \
    private-key crl comment trust-settings unreadable fixed unchanged failed; do
    grep -q "\`$word\`" "$root/docs/JSON-FIX.md" || fail "docs/JSON-FIX.md does not name $word"
done
echo "ok: the JSON is as documented"

# ---- hostile ------------------------------------------------------------------------------------------------------

hostile=$(printf 'a\033[31m::error::\n.pem')
cp shuffled.pem "$hostile"
expect 0 'made right' "a hostile name" "$hostile"
! grep -q "$(printf '\033')" printed || fail "an escape sequence was printed"
for i in $(seq 4000); do cat root.pem; done >many.pem
cat right.pem >>many.pem
expect 2 'trust store' "thousands of roots and a leaf" many.pem
for i in $(seq 1300); do cat issuers.pem; done >many.pem
cat right.pem >>many.pem
expect 2 'more certificates than' "thousands of intermediates" many.pem
head -c 1500 right.pem >torn.pem
expect 1 'cannot be made right' "a torn file" torn.pem --trust root.pem
