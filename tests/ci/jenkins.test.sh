#!/usr/bin/env bash
# The pipeline for Jenkins in docs/CI.md is Groovy by tree-sitter's grammar, from PyPI; its sh step, run as Jenkins does,
# fails with a lone leaf and passes with a full chain; and the reports that the other steps read are there both times.
# SPDX-License-Identifier: Apache-2.0
. tests/ci/repository.sh
tools=${BUILD%/*}/groovy-0.1.2
if [ ! -e "$tools/ready" ]; then
    "$python" -m venv "$tools" &&
        "$tools/bin/pip" install --quiet --disable-pip-version-check tree-sitter==0.23.2 tree-sitter-groovy==0.1.2 ||
        { echo "SKIPPED: a grammar of Groovy could not be had from PyPI; the pipeline for Jenkins is NOT tested"; exit 77; }
    touch "$tools/ready"
fi

tests/ci/snippet jenkins >"$scratch/Jenkinsfile"
"$tools/bin/python" tests/ci/pipeline.py "$scratch/Jenkinsfile" >"$scratch/steps" || die "the pipeline"
sed 's/steps {/steps {{/' "$scratch/Jenkinsfile" >"$scratch/planted"
! "$tools/bin/python" tests/ci/pipeline.py "$scratch/planted" >/dev/null 2>&1 || die "a planted fault went unnoticed"
step() { sed -n "s/^$1\t//p" "$scratch/steps"; }
[ "$(cut -f1 "$scratch/steps" | xargs)" = "sh junit recordIssues" ] || die "other steps: $(cat "$scratch/steps")"
echo "ok: the pipeline is Groovy"

repository broken alone.pem issuing-ca.pem root.pem
repository clean fullchain.pem root.pem
# build STATUS FAILURES: the steps in the current repository.
build() {
    local status=0
    sh -xe -c "$(step sh)" >"$scratch/log" 2>&1 || status=$?
    [ "$status" -eq "$1" ] || { cat "$scratch/log"; die "status $status instead of $1"; }
    [ "$(xmllint --xpath 'count(//failure)' "$(step junit)")" = "$2" ] || die "JUnit: other failures"
    [ "$(xmllint --xpath 'count(//error[@severity = "error"])' "$(step recordIssues)")" = "$2" ] || die "checkstyle: other errors"
}
(cd "$scratch/broken" && build 1 1)
(cd "$scratch/clean" && build 0 0)
echo "ok: its steps find the lone leaf, and the reports are where the plug-ins look for them"
