#!/usr/bin/env bash
# src/path and src/handshake know behaviours, not products: no identifier and no string there names a TLS stack.
# Comments may say where a behaviour is found.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

names='openssl libssl libcrypto boringssl libressl awslc gnutls nss mbedtls wolfssl schannel securetransport s2n
rustls golang jsse java openjdk nginx apache httpd haproxy envoy curl nodejs postgres postgresql mysql traefik caddy'

anonymous() {
    without_comments "$1"/src/path/*.[ch] "$1"/src/handshake/*.[ch] | awk -v names="$names" '
        BEGIN { count = split(names, list, /[ \n]+/); for (i = 1; i <= count; i++) is_name[list[i]] = 1 }
        {
            text = $0
            sub(/^[^:]*:[0-9]*:/, "", text)
            words = split(tolower(text), word, /[^a-z0-9]+/)
            for (i = 1; i <= words; i++)
                if (word[i] in is_name) { print "names " word[i] ": " $0; bad = 1 }
        }
        END { print NR " lines of code looked at"; exit bad || !NR }'
}

holds "path and handshake name no stack" anonymous .
mkdir -p "$scratch/src/path" "$scratch/src/handshake"
echo 'int x; /* as OpenSSL does */' | tee "$scratch/src/path/a.c" "$scratch/src/path/a.h" "$scratch/src/handshake/a.c" \
    >"$scratch/src/handshake/a.h"
holds "a comment may name one" anonymous "$scratch"
echo 'if (stack == STACK_OPENSSL) return;' >"$scratch/src/path/a.c"
catches "an identifier" "names openssl" anonymous "$scratch"
echo 'puts("nginx: reset"); /* why */' >"$scratch/src/path/a.c"
catches "a string" "names nginx" anonymous "$scratch"
