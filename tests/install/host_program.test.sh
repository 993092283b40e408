#!/usr/bin/env bash
# A build for another machine cannot run what it builds: MTL_HOST_PROGRAM names an mtlslint that prints the manual pages
# and completion instead, or leaves them out.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "FAIL: $*"; exit 1; }

cmake --preset release -B "$scratch/host" -Wno-dev -DMTL_HOST_PROGRAM="$MTLSLINT" >/dev/null
cmake --build "$scratch/host" --target printed >/dev/null
[ ! -e "$scratch/host/mtlslint" ] || die "the program was built to print pages"
cmp "$scratch/host/printed/mtlslint.1" <("$MTLSLINT" man 1)
cmp "$scratch/host/printed/mtlslint.yaml.5" <("$MTLSLINT" man 5)
for shell in bash zsh fish; do cmp "$scratch/host/printed/mtlslint.$shell" <("$MTLSLINT" completion "$shell"); done
echo "ok: the program that is named prints the pages"

cmake -S . -B "$scratch/host" -Wno-dev -DMTL_HOST_PROGRAM=OFF >/dev/null
! grep -q 'printed' "$scratch/host/build.ninja" "$scratch/host/cmake_install.cmake" || die "pages are still made or installed"
echo "ok: and without one there are none"
