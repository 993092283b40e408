#!/usr/bin/env bash
# Installs into an empty prefix, moves it, compiles docs/example.c with nothing but pkg-config, and runs it on the
# bundled example. What it must print follows from the files: see examples/orders-payments/README.md.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cmake --install "$BUILD" --prefix "$scratch/first" >"$scratch/install.log"
mv "$scratch/first" "$scratch/usr"
find "$scratch/usr" -type f | sed "s|^$scratch/||" | sort

pc=$(dirname "$(find "$scratch/usr" -name mtlslint.pc)")
export PKG_CONFIG_PATH=$pc
read -r -a flags < <(pkg-config --cflags --libs --static mtlslint)
if grep -q '^MTL_SANITIZE:BOOL=ON' "$BUILD/CMakeCache.txt"; then # the archive then needs the sanitizers' runtime
    flags+=(-fsanitize=address,undefined)
fi
"${CC:-cc}" -std=c17 -Wall -Wextra -Wpedantic -Werror -o "$scratch/example" docs/example.c "${flags[@]}"

cat >"$scratch/expected" <<'END'
TLS 1.2: rejected by the server with unknown_ca, because of no-issuer
TLS 1.3: rejected by the server with unknown_ca, because of no-issuer
END
(cd examples/orders-payments && "$scratch/example") >"$scratch/output"
diff "$scratch/expected" "$scratch/output"

# Without its files it must say which one is missing, and end with 2.
mkdir "$scratch/empty"
status=0
(cd "$scratch/empty" && "$scratch/example") 2>"$scratch/error" || status=$?
[ "$status" -eq 2 ] && grep -q '^orders/chain.pem' "$scratch/error" || {
    echo "missing files: status $status, $(cat "$scratch/error")"
    exit 1
}

version=$("$scratch/usr/bin/mtlslint" --version)
[ "${version##* }" = "$(pkg-config --modversion mtlslint)" ] || {
    echo "the program says \"$version\", pkg-config says $(pkg-config --modversion mtlslint)"
    exit 1
}
