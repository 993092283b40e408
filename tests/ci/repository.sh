# Shared by the tests of CI: a scratch repository with a lone leaf and its issuers, and the program in PATH.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
source=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=/usr/bin/python3
[ -x "$python" ] || python=python3
die() { echo "FAIL: $*"; exit 1; }

# Nothing of the caller's: neither its git settings, nor a repository it stands in.
unset "${!GIT_@}"
export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1 MTLSLINT_CONFIG= MTLSLINT_FORMAT=
mkdir "$HOME" "$scratch/bin"
ln -s "$MTLSLINT" "$scratch/bin/mtlslint"
PATH=$scratch/bin:$PATH
git config --global user.name test
git config --global user.email test@example.com
git config --global init.defaultBranch main

# repository NAME FILE...: $scratch/NAME, with these files of the rule missing_intermediate in tls/, committed.
repository() {
    local name=$1
    shift
    git init -q "$scratch/$name"
    mkdir "$scratch/$name/tls"
    (cd fixtures/rules/missing_intermediate && cp "$@" "$scratch/$name/tls")
    git -C "$scratch/$name" add .
    git -C "$scratch/$name" commit -qm "certificates"
}
