#!/usr/bin/env bash
# .pre-commit-hooks.yaml with the real pre-commit, from PyPI, in a scratch repository: a commit with a bundle that lacks
# its intermediate is refused, one with a complete bundle is made, and one without certificates runs nothing. The hook of
# docs/CI.md builds the program first.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
version=4.7.0
source=$(pwd)
tools=$BUILD/pre-commit-$version
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "FAIL: $*"; exit 1; }

if [ ! -x "$tools/bin/pre-commit" ]; then
    python=/usr/bin/python3
    [ -x "$python" ] || python=python3
    "$python" -m venv "$tools" && "$tools/bin/pip" install --quiet --disable-pip-version-check "pre-commit==$version" ||
        { echo "SKIPPED: pre-commit $version could not be had from PyPI; the hook is NOT tested"; exit 77; }
fi

# Nothing of the caller's: neither its git settings, nor its hooks, nor a repository it stands in.
unset "${!GIT_@}" "${!PRE_COMMIT_@}"
export HOME=$scratch/home XDG_CACHE_HOME=$scratch/cache GIT_CONFIG_NOSYSTEM=1
mkdir "$HOME" "$scratch/bin"
ln -s "$MTLSLINT" "$scratch/bin/mtlslint"
export PATH=$scratch/bin:$tools/bin:$PATH
git config --global user.name test
git config --global user.email test@example.com
git config --global init.defaultBranch main

git init -q "$scratch/hooks"
cp -r .pre-commit-hooks.yaml CMakeLists.txt CMakePresets.json README.md cmake src rules include "$scratch/hooks"
git -C "$scratch/hooks" add .
git -C "$scratch/hooks" commit -qm hooks
pre-commit validate-manifest .pre-commit-hooks.yaml || die "the manifest is not valid"

git init -q "$scratch/user"
cd "$scratch/user"
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $scratch/hooks
    rev: $(git -C "$scratch/hooks" rev-parse HEAD)
    hooks:
      - id: mtlslint-system
        args: [--at=2026-06-01]
END
pre-commit install >/dev/null
fixtures=$source/fixtures/rules/missing_intermediate

git add .
git commit -qm "the configuration" 2>"$scratch/log" || { cat "$scratch/log"; die "a commit without certificates"; }
grep -q 'no files to check' "$scratch/log" || { cat "$scratch/log"; die "the hook ran without a certificate"; }

mkdir tls
cp "$fixtures"/{alone,issuing-ca,root}.pem tls
git add .
! git commit -qm "a lone leaf" >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "a lone leaf was committed"; }
grep -q 'MTL104' "$scratch/log" && grep -q 'exit code: 1' "$scratch/log" || { cat "$scratch/log"; die "not refused for the missing intermediate"; }

git rm -qf --cached tls/alone.pem tls/issuing-ca.pem
rm tls/alone.pem tls/issuing-ca.pem
cp "$fixtures/fullchain.pem" tls
git add .
git commit -qm "a full chain" >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "a full chain was refused"; }
grep -q 'Passed' "$scratch/log" || { cat "$scratch/log"; die "the hook did not run"; }

# The hook that builds, as docs/CI.md has it. Objects of a release build that is newer than the sources are as good as
# new ones: so only what is missing there is compiled.
cat >"$scratch/bin/borrow" <<'END'
#!/bin/sh
# RELEASE COMPILER ARGUMENTS... -o OBJECT ...
release=$1
shift
for word in "$@"; do
    [ "$previous" != -o ] || [ ! -e "$release/$word" ] || exec cp "$release/$word" "$word"
    previous=$word
done
exec "$@"
END
chmod +x "$scratch/bin/borrow"
release=$(dirname "$BUILD")/release
if [ -x "$release/mtlslint" ] && [ -z "$(cd "$source" && find CMakeLists.txt cmake src rules include -newer "$release/mtlslint")" ]; then
    export CMAKE_C_COMPILER_LAUNCHER="$scratch/bin/borrow;$release"
else
    echo "without a current release build, the hook compiles everything"
fi
rm "$scratch/bin/mtlslint"
(cd "$source" && tests/ci/snippet pre-commit) |
    sed "s|https://github.com/OWNER/mtlslint|$scratch/hooks|; s|rev: main|rev: $(git -C "$scratch/hooks" rev-parse HEAD)|; s|--horizon|--at=2026-06-01, &|" \
        >.pre-commit-config.yaml
mv tls/fullchain.pem .
cp "$fixtures"/{alone,issuing-ca}.pem tls
git add .
! git commit -qm "a lone leaf" >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "a lone leaf was committed"; }
grep -q 'MTL104' "$scratch/log" || { cat "$scratch/log"; die "the hook that builds did not find the missing intermediate"; }
mv tls/alone.pem elsewhere.pem
git add .
git commit -qm "the hook checks tls alone" >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "the paths of the hook were not heeded"; }
clone=$(find "$XDG_CACHE_HOME/pre-commit" -path '*/build/release/mtlslint')
[ "$("$clone" --version)" = "$("$MTLSLINT" --version)" ] || die "another version was built"
echo "ok: the hook that builds the program does, and refuses a lone leaf"

rm "$clone"
echo 'message(FATAL_ERROR "a planted fault")' >>"${clone%build/*}/CMakeLists.txt"
cp "$fixtures/alone.pem" tls
git add .
! git commit -qm "a lone leaf" >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "committed without a check"; }
grep -q 'a planted fault' "$scratch/log" && grep -q 'could not be built' "$scratch/log" || { cat "$scratch/log"; die "a failed build is not told"; }
echo "ok: a build that fails says so"

# Every name that section "files" of the hook is for, and some that it is not.
pattern=$(sed -n "s/^  files: &files '\(.*\)'/\1/p" "$source/.pre-commit-hooks.yaml")
matches() { python3 -c 'import re, sys; sys.exit(not re.search(sys.argv[1], sys.argv[2]))' "$pattern" "$1"; }
for name in a.pem d/a.crt a.cer a.der a.p7b a.ca-bundle nginx/site.conf envoy.yaml haproxy.cfg .mtlslint.yaml d/.mtlslint.yaml; do
    matches "$name" || die "$name does not make the hook run"
done
for name in README.md main.c values.yaml a.pem.txt; do
    ! matches "$name" || die "$name makes the hook run"
done
echo "ok: pre-commit refuses a lone leaf, lets a full chain pass, and runs nothing without certificates"
