#!/usr/bin/env bash
# The Debian package that cpack builds: dpkg installs it into a scratch root, knowing what this system has installed, the
# program runs from there, manual pages and completion are where Debian's programs look for them, dpkg finds every file as
# packed, and removes all of them.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "FAIL: $*"; exit 1; }

command -v dpkg-shlibdeps >/dev/null || { echo "SKIPPED: dpkg-dev is not installed; the package is NOT tested"; exit 77; }
# dpkg installs as root: in a user namespace where we are not, if those are allowed.
if [ "$(id -u)" -ne 0 ] && [ -z "${MTL_IN_NAMESPACE-}" ]; then
    ! unshare --map-root-user true 2>/dev/null || MTL_IN_NAMESPACE=1 exec unshare --map-root-user "$0"
    echo "SKIPPED: neither root nor user namespaces; the package is NOT tested"
    exit 77
fi

release=$(dirname "$BUILD")/release
{ [ -e "$release/build.ninja" ] || cmake --preset release && cmake --build "$release"; } >"$scratch/log" 2>&1 ||
    { cat "$scratch/log"; die "the release build"; }
(cd "$release" && DEBFULLNAME= DEBEMAIL= cpack -G DEB -B "$scratch/packages") >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "cpack"; }
package=$(find "$scratch/packages" -maxdepth 1 -name 'mtlslint_*.deb')
[ -n "$package" ] || die "no package"
for library in libssl3 libtasn1-6 libjansson4 libxml2 libyaml-0-2 libc6; do
    dpkg-deb -f "$package" Depends | grep -qw -- "$library" || die "does not depend on $library: $(dpkg-deb -f "$package" Depends)"
done
echo "ok: it depends on the libraries that the program is linked with"

root=$scratch/root
mkdir "$root"
cp -r /var/lib/dpkg "$scratch/db"
do_dpkg() { dpkg --admindir="$scratch/db" --instdir="$root" --no-triggers --log=/dev/null "$@"; }
state() { dpkg-query --admindir="$scratch/db" -W -f '${db:Status-Status}' mtlslint 2>/dev/null || true; }
if [ "$(state)" = installed ]; then do_dpkg --purge mtlslint >/dev/null; fi
do_dpkg -i "$package" >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "dpkg -i"; }
[ "$(state)" = installed ] || die "it is $(state), not installed"
do_dpkg --verify mtlslint >"$scratch/log" || true
[ ! -s "$scratch/log" ] || { cat "$scratch/log"; die "not as packed"; }
program=$root/usr/bin/mtlslint
[ "$("$program" --version)" = "mtlslint $(dpkg-deb -f "$package" Version)" ] || die "versions differ"
"$program" check --isolated --at 2026-06-01 fixtures/rules/missing_intermediate/{fullchain,root}.pem >"$scratch/out" ||
    { cat "$scratch/out"; die "a full chain"; }
share=$root/usr/share
zcat "$share/man/man1/mtlslint.1.gz" | cmp - <("$program" man 1)
zcat "$share/man/man5/mtlslint.yaml.5.gz" | cmp - <("$program" man 5)
cmp "$share/bash-completion/completions/mtlslint" <("$program" completion bash)
cmp "$share/zsh/vendor-completions/_mtlslint" <("$program" completion zsh)
cmp "$share/fish/vendor_completions.d/mtlslint.fish" <("$program" completion fish)
grep -q '^License: Apache-2.0' "$share/doc/mtlslint/copyright" || die "no licence"
echo "ok: dpkg installs it, it runs, and its pages are what the program prints"

echo 'tampered' >>"$program"
do_dpkg --verify mtlslint | grep -q 'usr/bin/mtlslint' || die "dpkg has no sums of its files"
do_dpkg -r mtlslint >/dev/null
[ -z "$(find "$root" -type f)" ] || { find "$root" -type f; die "files stay behind"; }
echo "ok: dpkg removes it"
