#!/usr/bin/env bash
# mtlslint show against what openssl says of the same files, and the manners of its output.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
cd "$scratch"

die() { echo "FAIL: $*"; exit 1; }

# same WHAT EXPECTED ACTUAL
same() {
    [ "$2" = "$3" ] || die "$1: expected '$2', got '$3'"
    echo "ok: $1"
}

field() { "$MTLSLINT" show -f json "$1" | jq -r "$2"; }

openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj '/O=Acme/CN=a.example' -days 30 -out leaf.pem \
    -addext 'subjectAltName=DNS:a.example,IP:192.0.2.1,IP:2001:db8::1,email:x@a.example,URI:https://a.example/' \
    -addext 'extendedKeyUsage=clientAuth,serverAuth' -addext 'keyUsage=critical,digitalSignature,keyCertSign' \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:3' 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout ca.key -subj '/CN=other' -days 30 \
    -out other.pem 2>/dev/null
{ echo '# a comment'; cat leaf.pem; cat other.pem key.pem; } >bundle.pem

# ---- facts, as openssl prints them -------------------------------------------------------------------------------

x509() { openssl x509 -in leaf.pem -noout "$@" | sed 's/^[^=]*=//'; }
colons() { tr 'A-F' 'a-f' | sed 's/../&:/g; s/:$//'; }

same "fingerprint" "$(x509 -fingerprint -sha256 | tr -d : | tr 'A-F' 'a-f')" "$(field leaf.pem '.objects[0].sha256')"
serial=$(x509 -serial | colons)
shown=$(field leaf.pem '.objects[0].serial')
same "serial" "$serial" "${shown#00:}"
same "dates" "$(date -u -d "$(x509 -startdate)" +%FT%TZ) $(date -u -d "$(x509 -enddate)" +%FT%TZ)" \
    "$(field leaf.pem '.objects[0] | .not_before + " " + .not_after')"
same "key id" "$(x509 -ext subjectKeyIdentifier | tail -n 1 | tr -d ' ' | tr 'A-F' 'a-f')" \
    "$(field leaf.pem '.objects[0].subject_key_id')"
same "names" 'dns a.example, ip 192.0.2.1, ip 2001:db8::1, email x@a.example, uri https://a.example/' \
    "$(field leaf.pem '[.objects[0].names[] | .type + " " + .value] | join(", ")')"
same "usage" 'digitalSignature keyCertSign, serverAuth clientAuth, true, 3' \
    "$(field leaf.pem '.objects[0] | [(.key_usage | join(" ")), (.extended_key_usage | join(" ")), .ca, .path_length]
        | join(", ")')"
same "keys" 'RSA 2048, EC P-384, RSA 2048' "$(field bundle.pem '[.objects[].key] | join(", ")')"

# ---- order and places --------------------------------------------------------------------------------------------

lines=$(grep -n -e '-----BEGIN' bundle.pem | cut -d: -f1 | paste -sd ' ')
ends=$(grep -n -e '-----END' bundle.pem | cut -d: -f1 | paste -sd ' ')
same "BEGIN lines" "$lines" "$(field bundle.pem '[.objects[].line] | join(" ")')"
same "END lines" "$ends" "$(field bundle.pem '[.objects[].end_line] | join(" ")')"
same "order" 'certificate certificate private_key' "$(field bundle.pem '[.objects[].kind] | join(" ")')"
"$MTLSLINT" show bundle.pem >text
same "text names each place" "$(sed 's/^/bundle.pem:/' <<<"${lines// /$'\n'}" | paste -sd ' ')" \
    "$(grep -o '^bundle.pem:[0-9][0-9]*' text | paste -sd ' ')"

# ---- nothing private ---------------------------------------------------------------------------------------------

# Every line of the key's base64, and its private exponent and primes in hexadecimal.
{
    grep -v -e '-----' key.pem
    openssl rsa -in key.pem -noout -text 2>/dev/null |
        awk '/^(privateExponent|prime1|prime2):/ { in_secret = 1; next } /^[a-z]/ { in_secret = 0 } in_secret' |
        tr -d ' '
} | awk 'length > 20' >secrets
[ "$(wc -l <secrets)" -gt 30 ] || die "the secrets to look for were not found"
{ "$MTLSLINT" show key.pem bundle.pem; "$MTLSLINT" show -f json key.pem bundle.pem; } >all
! grep -qFf secrets all || die "private bytes are printed"
echo "ok: nothing private is printed"

# ---- manners -----------------------------------------------------------------------------------------------------

escape=$(printf '\033')
! grep -q "$escape" text || die "colour without a terminal"
"$MTLSLINT" show --color always leaf.pem | grep -q "$escape" || die "--color always"
! CLICOLOR_FORCE=1 "$MTLSLINT" show --color never leaf.pem | grep -q "$escape" || die "--color never"
CLICOLOR_FORCE=1 "$MTLSLINT" show leaf.pem | grep -q "$escape" || die "CLICOLOR_FORCE"
! CLICOLOR_FORCE=1 NO_COLOR=1 "$MTLSLINT" show leaf.pem | grep -q "$escape" || die "NO_COLOR"
CLICOLOR_FORCE=1 "$MTLSLINT" show leaf.pem -o file || die "-o"
! grep -q "$escape" file || die "colour in a file"
echo "ok: colour only where it is wanted"

same "short and long, attached and apart" 4 "$(for form in '-f json' '-fjson' '--format json' '--format=json'; do
    # shellcheck disable=SC2086
    "$MTLSLINT" show $form leaf.pem | jq -r .schema
done | grep -c mtlslint/show/1)"
same "operands after --" 'mtlslint: -x: does not exist' "$("$MTLSLINT" show -- -x 2>&1 || true)"
"$MTLSLINT" --version | grep -qE '^mtlslint [0-9]+\.[0-9]+\.[0-9]+$' || die "--version"
"$MTLSLINT" --help | grep -q '^  show ' || die "--help lists the commands"
same "help of a command" "$("$MTLSLINT" help show)" "$("$MTLSLINT" show --help)"
