#!/usr/bin/env bash
# What cases expect of declared handshakes between sides with OpenSSL is what `openssl verify` says of their files.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

refusals() { /usr/bin/python3 tests/project/refusals.py "$@"; }

holds "openssl verify refuses what the cases expect" refusals fixtures/rules fixtures/outages
cp -r fixtures/rules/client_rejected fixtures/rules/first_break "$scratch"
sed -i '/MTL502/d' "$scratch/client_rejected/fires-expired.case"
catches "a rejection that is not expected" "fires-expired.case: openssl verify stands for" refusals "$scratch/client_rejected"
sed -i 's/^at: .*/at: 2026-03-01/' "$scratch/first_break/fires-anchor-ends.case"
catches "an end that is not within the horizon" "fires-anchor-ends.case: openssl verify sees no end" \
    refusals "$scratch/first_break"
