#!/usr/bin/env bash
# What docs/CI.md has for make, for scripts and for a baseline, run in scratch repositories: what it finds, what it says,
# and the exit status.
# SPDX-License-Identifier: Apache-2.0
. tests/ci/repository.sh
for name in make shell baseline baseline-check; do tests/ci/snippet "$name" >"$scratch/$name"; done
repository broken alone.pem issuing-ca.pem root.pem
repository clean fullchain.pem root.pem
repository empty chain.recipe
log=$scratch/log
# runs STATUS REPOSITORY COMMAND...
runs() {
    local expected=$1 status=0
    cd "$scratch/$2"
    shift 2
    "$@" >"$log" 2>&1 || status=$?
    cd "$source"
    [ "$status" -eq "$expected" ] || { cat "$log"; die "status $status instead of $expected: $*"; }
}
says() { grep -qF -- "$1" "$log" || { cat "$log"; die "it does not say: $1"; }; }

runs 0 clean make -f "$scratch/make" check-tls
runs 2 broken make -f "$scratch/make" check-tls # make's own status for any failure
says 'error[MTL104]'
says 'Error 1'
echo "ok: make"

runs 0 clean sh "$scratch/shell"
says 'tls: nothing found'
runs 1 broken sh "$scratch/shell"
says 'tls: 1 errors, see findings.txt'
grep -q '^tls/alone.pem:1:1: error: MTL104' "$scratch/broken/findings.txt" || die "findings.txt"
runs 2 empty sh "$scratch/shell"
says 'could not be checked'
echo "ok: a script tells findings from what could not be checked"

runs 0 broken sh -e "$scratch/baseline"
[ -z "$(git -C "$scratch/broken" status --short mtlslint-baseline.json)" ] || die "the baseline is not committed"
runs 0 broken sh -e "$scratch/baseline-check"
says '1 known finding hidden by baseline'
cp fixtures/rules/missing_intermediate/deep.pem "$scratch/broken/tls"
runs 1 broken sh -e "$scratch/baseline-check"
says 'tls/deep.pem'
! grep -q -- '--> tls/alone.pem' "$log" || die "a known finding is shown"
echo "ok: with a baseline only what is new fails"
