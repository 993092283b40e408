#!/usr/bin/env bash
# action.yml is valid, and its steps, run by bash as GitHub's runner would run them, do what docs/CI.md says: findings,
# none, nothing to check, SARIF, a build, a download; nothing in an input is read as shell. The workflows in docs/CI.md are
# valid too, and name inputs and outputs that exist. Where act and actionlint are installed, they have their say.
# SPDX-License-Identifier: Apache-2.0
. tests/ci/repository.sh
schemas=${BUILD%/*}/schemas/ci

tests/ci/fetch_schemas "$schemas"
"$python" tests/ci/validate.py "$schemas/github-actions.json" action.yml || die "action.yml is not valid"
sed 's/^  using: composite/  using: compost/' action.yml >"$scratch/action.yml"
! "$python" tests/ci/validate.py "$schemas/github-actions.json" "$scratch/action.yml" >/dev/null || die "a planted fault went unnoticed"
for name in github-annotations github-sarif; do
    tests/ci/snippet "$name" >"$scratch/$name.yml"
    "$python" tests/ci/validate.py "$schemas/github-workflows.json" "$scratch/$name.yml" || die "$name is not valid"
done
echo "ok: action.yml and the workflows are valid"

export RUNNER_TEMP="$scratch/runner temp"
mkdir "$RUNNER_TEMP"
repository broken alone.pem issuing-ca.pem root.pem
repository clean fullchain.pem root.pem
# action STATUS REPOSITORY INPUT...: the action ends so; its log is in $log, its outputs in $outputs.
log=$scratch/log outputs=$scratch/outputs
action() {
    local expected=$1 status=0
    cd "$scratch/$2"
    shift 2
    "$python" "$source/tests/ci/run_action.py" "$source" "$outputs" "$@" >"$log" 2>&1 || status=$?
    cd "$source"
    [ "$status" -eq "$expected" ] || { cat "$log"; die "status $status instead of $expected: $*"; }
}
says() { grep -qF -- "$1" "$log" || { cat "$log"; die "the log does not say: $1"; }; }
sets() { diff <(printf '%s\n' "$@") "$outputs" || die "other outputs"; }
at=args=--at=2026-06-01

action 1 broken program=mtlslint "$at"
says '::error title=MTL104 missing-intermediate,file=tls/alone.pem,line=1,'
says '  --> tls/alone.pem:1'
sets exit-status=1 sarif=
action 0 clean program=mtlslint "$at"
says 'no findings'
sets exit-status=0 sarif=
action 2 clean program=mtlslint paths=elsewhere
sets exit-status=2 sarif=
action 0 broken program=mtlslint "$at" fail-on=never
sets exit-status=0 sarif=
action 1 broken "program=$scratch/bin/mtlslint" "$at" format=concise sarif-file="a b.sarif"
says 'tls/alone.pem:1:1: error: MTL104'
! grep -q '::' "$log" || die "annotations with the format concise"
sets exit-status=1 "sarif=a b.sarif"
[ "$(jq -r '.runs[0].results[] | select(.level == "error").ruleId' "$scratch/broken/a b.sarif")" = MTL104 ] || die "SARIF"
action 2 broken program=mtlslint paths=elsewhere sarif-file="a b.sarif"
sets exit-status=2 sarif= # and not the report of the run before
echo "ok: findings, none, what cannot be done, SARIF"

# Each of these would leave a trace if it were read by a shell, or divided at its blanks.
hostile='x$(touch "$HOME/ran")`touch "$HOME/ran"`; touch "$HOME/ran" && '"'"'" * ${IFS}'
mkdir -p "$scratch/clean/$hostile"
cp "$scratch/broken/tls/alone.pem" "$scratch/clean/$hostile/-e.pem"
action 1 clean program=mtlslint "$at"$'\n'"--trust=tls/root.pem"$'\n\n'"--ignore=MTL203" paths="$hostile"$'\n\n'"tls/fullchain.pem"
says 'x$(touch'
says 'error[MTL501]: clients that trust tls/root.pem'
says 'in 3 files'
for input in args paths format fail-on; do action 2 broken program=mtlslint "$input=$hostile"; done
action 1 broken program=mtlslint "$at" sarif-file="${hostile//\//}"
for input in program release-url release-sha256; do action 2 broken release-url=file:/x "$input=$hostile"; done
action 2 broken program=mtlslint sarif-file=$'x.sarif\nexit-status=0'
cp "$scratch/clean/tls/fullchain.pem" "$scratch/clean/--help"
action 0 clean program=mtlslint "$at" paths=--help
says 'in 1 file'
[ ! -e "$HOME/ran" ] || die "an input was read as shell"
echo "ok: no input is read as shell, divided, or taken for an option"

cp "$MTLSLINT" "$scratch/released"
sum=$(sha256sum "$scratch/released" | cut -d' ' -f1)
action 0 clean "$at" paths=tls/fullchain.pem "release-url=file://$scratch/released" "release-sha256=$sum"
action 2 clean "$at" paths=tls/fullchain.pem "release-url=file://$scratch/released"
says 'release-url needs release-sha256'
action 2 clean "$at" paths=tls/fullchain.pem "release-url=file://$scratch/released" "release-sha256=${sum//[0-4]/5}"
says 'another SHA-256'
[ -z "$(find "$RUNNER_TEMP" -perm -u+x -type f)" ] || die "a program with another SHA-256 was made executable"
action 1 clean "release-url=http://127.0.0.1:1/mtlslint" "release-sha256=$sum" # over HTTPS only
echo "ok: a download is run if it has the SHA-256"
action 1 broken "$at"
says '::error title=MTL104'
echo "ok: without either, the program is built from the action's files"

"$python" - "$scratch"/github-*.yml <<'END' || die "a workflow uses what the action does not have"
import re, sys, yaml
action = yaml.safe_load(open("action.yml"))
for name in sys.argv[1:]:
    text = open(name).read()
    step = next(s for s in yaml.safe_load(text)["jobs"]["mtlslint"]["steps"] if "mtlslint@" in s["uses"])
    assert step["with"].keys() <= action["inputs"].keys(), step["with"]
    with open(name + ".inputs", "w") as file:
        file.writelines(f"{key}={value}\0" for key, value in step["with"].items())
    for output in re.findall(r"steps\.mtlslint\.outputs\.([a-z-]+)", text):
        assert output in action["outputs"], output
page = open("docs/CI.md").read()
for name in [*action["inputs"], *action["outputs"]]:
    assert f"`{name}`" in page, f"{name} is not in docs/CI.md"
END
mkdir "$scratch/broken/deploy"
mv "$scratch/broken/tls/issuing-ca.pem" "$scratch/broken/deploy/trust store"
for name in github-annotations github-sarif; do
    mapfile -d '' -t inputs <"$scratch/$name.yml.inputs"
    [ "${#inputs[@]}" -gt 0 ] || die "$name has no inputs"
    action 1 broken program=mtlslint "${inputs[@]}"
    says '  ::: deploy/trust store:1'
done
sets exit-status=1 sarif=mtlslint.sarif
echo "ok: the workflows use inputs and outputs that exist, the action does with them what it should, and docs/CI.md tells of all of them"

if command -v actionlint >/dev/null; then
    actionlint "$scratch"/github-*.yml
    echo "ok: actionlint finds nothing"
else
    echo "skipped: actionlint is not installed"
fi
if command -v act >/dev/null; then
    repository acted alone.pem issuing-ca.pem root.pem
    cd "$scratch/acted"
    mkdir -p .github/workflows action
    cp "$source/action.yml" action
    cat >.github/workflows/check.yml <<END
on: push
jobs:
  check:
    runs-on: here
    steps:
      - uses: actions/checkout@v4 # act copies the repository itself
      - uses: ./action
        id: check
        with: {program: $scratch/bin/mtlslint, args: --at=2026-06-01, sarif-file: x.sarif}
      - if: failure()
        run: echo "after status \${{ steps.check.outputs.exit-status }}, \${{ steps.check.outputs.sarif }}"
END
    git add . && git commit -qm "a workflow"
    ! act push -P here=-self-hosted >"$log" 2>&1 || die "act: the job did not fail"
    says 'after status 1, x.sarif'
    cd "$source"
    echo "ok: act runs the action"
else
    echo "skipped: act is not installed"
fi
