#!/usr/bin/env bash
# Input that is missing, broken or hostile: one clear sentence on stderr that names the file, status 2, within a time
# limit, nothing on stdout. MTLSLINT is the program.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
seconds=20 # the program under test carries sanitizers

die() { echo "FAIL: $*"; exit 1; }

has_command() { "$MTLSLINT" help "$1" >/dev/null 2>&1; }

# judge_output WHAT PATTERN: of the last run, status in $status.
judge_output() {
    local what=$1 pattern=$2
    [ "$status" -ne 124 ] || die "$what: took longer than $seconds s"
    [ "$status" -eq 2 ] || { cat "$scratch/err"; die "$what: status $status instead of 2"; }
    [ ! -s "$scratch/out" ] || die "$what: something on stdout"
    [ "$(wc -l <"$scratch/err")" -eq 1 ] || { cat "$scratch/err"; die "$what: not one line on stderr"; }
    ! LC_ALL=C grep -q '[[:cntrl:]]' "$scratch/err" || die "$what: control characters on stderr"
    grep -qE -- "$pattern" "$scratch/err" || { cat "$scratch/err"; die "$what: does not say: $pattern"; }
    echo "ok: $what"
}

# cannot WHAT PATTERN ARGUMENTS...
cannot() {
    local what=$1 pattern=$2
    shift 2
    status=0
    timeout "$seconds" "$MTLSLINT" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
    judge_output "$what" "$pattern"
}

# can WHAT PATTERN ARGUMENTS...: status 0 and the pattern on stdout.
can() {
    local what=$1 pattern=$2
    shift 2
    timeout "$seconds" "$MTLSLINT" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null ||
        { cat "$scratch/err"; die "$what: status $?"; }
    grep -qE -- "$pattern" "$scratch/out" || die "$what: stdout does not say: $pattern"
    echo "ok: $what"
}

# predicts WHAT ARGUMENTS...: an answer in time, established or not, without control characters.
predicts() {
    local what=$1
    shift
    status=0
    timeout "$seconds" "$MTLSLINT" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
    [ "$status" -le 1 ] || { cat "$scratch/err"; die "$what: status $status"; }
    ! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$scratch/out" || die "$what: control characters"
    echo "ok: $what"
}

# ---- the files ---------------------------------------------------------------------------------------------------

cd "$scratch"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -subj /CN=good -days 3650 \
    -out good.pem 2>/dev/null
openssl x509 -in good.pem -outform DER -out good.der
mkdir directory.pem
: >empty.pem
printf 'a note that somebody left here\n' >text.pem
head -c 300 good.pem >truncated.pem
sed '3s/.\{20\}$/!&/' good.pem >bad64.pem
sed '4d' good.pem >hole.pem
{ head -c 40 good.der; head -c 400 /dev/zero; } >garbage.der
head -c 200 good.der >short.der
head -c 50000000 /dev/urandom >noise.bin
head -c 37500000 /dev/urandom | base64 -w 64 >noise.txt
good=$(cat good.pem)
for ((i = 0; i < 10000; i++)); do printf '%s\n' "$good"; done >many.pem
for ((i = 0; i < 10000; i++)); do echo '-----BEGIN CERTIFICATE-----'; done >begins.pem
mkfifo pipe.pem
openssl pkcs12 -export -in good.pem -inkey key.pem -passout pass:x -out store.p12
printf '\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1' >store.jks
openssl req -new -key key.pem -subj /CN=request -out request.pem 2>/dev/null
cp good.pem secret.pem
chmod 000 secret.pem
cat >hostile.cnf <<'END'
[req]
distinguished_name = dn
prompt = no
string_mask = utf8only
[dn]
END
{
    printf 'CN = \x1b[31mred\x07\n'
    printf 'O = end of \xe2\x80\xaeeman\n'
} >>hostile.cnf
openssl req -x509 -config hostile.cnf -utf8 -key key.pem -days 3650 -out hostile.pem 2>/dev/null

{ echo '# mtlslint: ignore=MTL204 until=2026-01-01 until=2099-01-01' && cat good.pem; } >twice.pem
{ echo '# mtlslint: ignore=MTL1' && cat good.pem; } >family.pem
printf 'trust_stores:\n  - path: none.pem\n' >project.yaml
printf 'ignores:\n  - reason: read by eye\n    path: good.pem\n    rule: MTL1\n' >rules.yaml
mkdir linked && ln -s .mtlslint.yaml linked/.mtlslint.yaml

# A subject of 64 KiB with an escape sequence in every tenth byte; libcrypto would not write one.
{
    printf 'long self-signed subject=CN=hex:0c83010000'
    name=$(for ((i = 0; i < 7282; i++)); do printf '4142431b5b31410007'; done)
    printf '%s' "${name:0:131072}" # not by head: the pipe's writer would sometimes die of it
    printf '\nlong.pem = long\n'
} >long.recipe
"$BUILD/tests/mint" long.recipe >/dev/null

# ---- every command that reads files ------------------------------------------------------------------------------

# Files that no command can use, and what is said of them.
unusable=(
    'missing file@none.pem: does not exist@none.pem'
    'empty file@empty.pem: (is empty|holds no certificate)@empty.pem'
    'text without PEM@text.pem:1: is neither PEM nor DER@text.pem'
    'truncated PEM@truncated.pem:1: .*BEGIN without END@truncated.pem'
    'base64 with a foreign byte@bad64.pem:3: .*not base64@bad64.pem'
    'base64 with a hole@hole.pem:1: .*does not decode@hole.pem'
    'garbage DER@garbage.der:1: .*does not decode@garbage.der'
    'DER cut short@short.der:1: @short.der'
    'fifty megabytes of noise@noise.bin:1: @noise.bin'
    'fifty megabytes of base64@noise.txt:1: is neither PEM nor DER@noise.txt'
    'ten thousand BEGIN lines@begins.pem:1: .*BEGIN without END@begins.pem'
    'FIFO@pipe.pem: is a FIFO where a file is due@pipe.pem'
    'device@/dev/null: is a device where a file is due@/dev/null'
    'PKCS#12@store.p12:1: is a PKCS#12 file that does not open: it has a password of its own; .*--store-password-file@store.p12'
    'JKS@store.jks:1: is a Java key store that does not decode: it ends too early@store.jks'
    'certificate request@request.pem:1: .*a certificate request@request.pem'
    'name with control characters@\\x1B.*: does not exist@'$'\x1b[31mx'
)

# unusable_by COMMAND ARGUMENTS...: the file is appended.
unusable_by() {
    local entry what pattern file
    for entry in "${unusable[@]}"; do
        IFS=@ read -r what pattern file <<<"$entry"
        cannot "$1: $what" "$pattern" "$@" "$file"
    done
    if [ "$(id -u)" -eq 0 ]; then
        echo "skipped: $1: unreadable permissions: root may read everything"
    else
        cannot "$1: unreadable permissions" 'secret.pem: cannot be read: permission denied' "$@" secret.pem
    fi
}

unusable_by show
can 'show: ten thousand certificates' 'many.pem: 10000 certificates' show many.pem
can 'show: control characters are escaped' 'CN=.*\\x1B.31mred' show hostile.pem
can 'show: a subject of 64 KiB' '\\x1B' show long.pem
LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]')" out && die "show: control characters reach the terminal"
cannot 'unknown command' "unknown command 'shwo'; did you mean 'show'\?" shwo good.pem
cannot 'unknown option' "unknown option '--colour'; did you mean '--color'\?" show --colour never good.pem
cannot 'unknown value' "unknown value 'jsno'; did you mean 'json'\?" show -f jsno good.pem
cannot 'missing value' '--output needs a value' show good.pem -o
cannot 'output that cannot be written' 'nowhere/x: cannot be written' show good.pem -o nowhere/x
cannot 'no file at all' 'name a file' show
echo old >report.txt
cannot 'nothing is written when the job fails' 'does not exist' show none.pem -o report.txt
[ "$(cat report.txt)" = old ] || die "a report that failed replaced the old one"
can 'standard output is the default' 'good.pem: 1 certificate' show good.pem
"$MTLSLINT" show good.pem -o report.txt && grep -q 'good.pem: 1 certificate' report.txt || die "-o FILE"
[ ! -e /dev/full ] || {
    status=0
    "$MTLSLINT" show good.pem >/dev/full 2>err || status=$?
    [ "$status" -eq 2 ] || die "a full disk goes unnoticed"
}
{ "$MTLSLINT" show many.pem 2>err || true; } | head -n 1 >/dev/null
[ ! -s err ] || die "a reader that stops early is worth a message: $(cat err)"

if has_command handshake; then
    side=(handshake --server-cert good.pem --server-name good)
    unusable_by handshake --client-trust good.pem --server-name good --server-cert
    unusable_by handshake --server-cert good.pem --server-name good --client-trust
    cannot 'handshake: directory as chain' 'is a directory where a file with a certificate is due' \
        handshake --client-trust good.pem --server-name good --server-cert directory.pem
    cannot 'handshake: empty directory as trust' 'directory.pem: holds no' \
        handshake --server-cert good.pem --server-name good --client-trust directory.pem
    cannot 'handshake: key as chain' 'key.pem:1: holds a private key where a certificate is due' \
        handshake --client-trust good.pem --server-name good --server-cert key.pem
    cannot 'handshake: certificate as key' 'good.pem:1: holds a certificate where a private key is due' \
        "${side[@]}" --client-trust good.pem --server-key good.pem
    cannot 'handshake: certificate as CRL' 'good.pem:1: holds a certificate where a CRL is due' \
        "${side[@]}" --client-trust good.pem --client-crl good.pem
    cannot 'handshake: bad --at' "--at: .*yesterday" "${side[@]}" --client-trust good.pem --at yesterday
    cannot 'handshake: a date that does not exist' "--at: " "${side[@]}" --client-trust good.pem --at 2026-02-30
    cannot 'handshake: unknown stack' "openssl-3.1.*[Dd]id you mean 'openssl-3.0'" "${side[@]}" --client-trust good.pem --client-stack openssl-3.1
    cannot 'handshake: unknown option' "did you mean '--server-name'" handshake --servername good
    cannot 'handshake: bad depth' '--client-depth' "${side[@]}" --client-trust good.pem --client-depth many
    predicts 'handshake: ten thousand trusted certificates' "${side[@]}" --client-trust many.pem
    predicts 'handshake: ten thousand certificates sent' handshake --client-trust good.pem --server-name good \
        --server-cert many.pem
    predicts 'handshake: a subject of 64 KiB' handshake --client-trust good.pem --server-name good --server-cert long.pem
fi

if has_command check; then
    cannot 'check: missing file' 'none.pem: does not exist' check none.pem
    cannot 'check: FIFO' 'pipe.pem: is a FIFO where a file is due' check pipe.pem
    cannot 'check: bad --at' '--at: ' check --at yesterday good.pem
    cannot 'check: empty path' 'an empty text is no path' check ''
    cannot 'check: empty name' 'an empty text is no host' check --name '' good.pem
    cannot 'check: unknown stack' 'unknown stack .all.\. Known: .*, and more: mtlslint stacks$' check --stack all good.pem
    can 'check: a suppression that ends twice' 'MTL903.*until is given twice' check --fail-on never -f concise twice.pem
    can 'check: a family where one rule is due' "MTL903.*'MTL1' is the beginning of codes" check --fail-on never \
        -f concise family.pem
    cannot 'check: a trust store that is not there' 'project.yaml:2: none.pem does not exist' \
        check --config project.yaml good.pem
    cannot 'check: a rule of the project file that is none' "rules.yaml:4: 'MTL1' is the beginning of codes" \
        check --config rules.yaml good.pem
    cannot 'check: a link to no project file' 'linked/.mtlslint.yaml: cannot be read: .*symbolic links' check linked
    cannot 'check: unknown role' "did you mean 'server'" check --role serve good.pem
    cannot 'a path that is no command' "neither a command nor a file" no/such/path.pem
fi
