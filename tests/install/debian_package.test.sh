#!/usr/bin/env bash
# The Debian package that cpack builds, unpacked: its program runs, manual pages and completion are where Debian's
# programs look for them, and it depends on the libraries that the program is linked with.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "FAIL: $*"; exit 1; }

command -v dpkg-shlibdeps >/dev/null || { echo "SKIPPED: dpkg-dev is not installed; the package is NOT tested"; exit 77; }
(cd "$BUILD" && cpack -G DEB -B "$scratch/packages") >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "cpack"; }
package=$(find "$scratch/packages" -maxdepth 1 -name 'mtlslint_*.deb')
[ -n "$package" ] || die "no package"
dpkg-deb -x "$package" "$scratch/root"
program=$scratch/root/usr/bin/mtlslint
[ "$("$program" --version)" = "mtlslint $(dpkg-deb -f "$package" Version)" ] || die "versions differ"
"$program" check --isolated --at 2026-06-01 fixtures/rules/missing_intermediate/{fullchain,root}.pem >"$scratch/out" ||
    { cat "$scratch/out"; die "a full chain"; }
share=$scratch/root/usr/share
for file in man/man1/mtlslint.1 man/man5/mtlslint.yaml.5 bash-completion/completions/mtlslint \
    zsh/vendor-completions/_mtlslint fish/vendor_completions.d/mtlslint.fish; do
    [ -s "$share/$file" ] || die "no $file"
done
for library in libssl3 libtasn1-6 libjansson4 libxml2 libyaml-0-2 libc6; do
    dpkg-deb -f "$package" Depends | grep -qw -- "$library" || die "does not depend on $library: $(dpkg-deb -f "$package" Depends)"
done
echo "ok: the package holds the program, manual pages and completion"
