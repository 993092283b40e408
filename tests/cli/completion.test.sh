#!/usr/bin/env bash
# mtlslint completion: bash completes by what is printed, and every option that --help tells of is offered. zsh and fish
# complete, too, where they are installed. No name in a project file is read as shell. MTLSLINT is the program.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
die() { echo "FAIL: $*"; exit 1; }

"$MTLSLINT" completion bash >mtlslint.bash
bash -n mtlslint.bash
. ./mtlslint.bash
complete -p mtlslint | grep -q -- '-F _mtlslint mtlslint' || die "not registered"
touch leaf.pem 'with blank.pem'
export PATH=${MTLSLINT%/*}:$PATH MTLSLINT_CONFIG=
hostile='$(touch ran)`touch ran`'
cat >.mtlslint.yaml <<END
handshakes:
  orders-to-payments: {client: {}, server: {cert: leaf.pem}}
  orders to mail: {client: {}, server: {cert: leaf.pem}}
  $hostile: {client: {}, server: {cert: leaf.pem}}
END

completes() { # WORDS... : the last is being typed; prints what is offered
    COMP_WORDS=(mtlslint "$@")
    COMP_CWORD=$#
    COMPREPLY=()
    _mtlslint
    printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort
}
offers() { # EXPECTED WORDS...
    local expected=$1 actual
    shift
    actual=$(completes "$@" | tr '\n' ' ')
    [ "$actual" = "$expected " ] || die "mtlslint $*: offered '$actual' instead of '$expected'"
}
offers handshake hand
offers "stacks" stac
offers "client server" check --role ""
offers server check --role = s
offers server --role s
offers leaf.pem check --trust le
offers "with blank.pem" wi
offers "sarif" check -f sa
offers "json text" stacks -f ""
offers "1.2 1.3" handshake --tls ""
offers MTL101 check --select MTL101
offers MTL001,MTL101 check --select MTL001,MTL101
offers go-1.26 handshake --client-stack go-1.2
offers go-1.26,nginx-1.22 handshake --server-stack go-1.26,ng
offers MTL101 explain MTL101
offers "bash fish zsh" completion ""
offers "" check --at ""
offers leaf.pem check --strict le
offers orders-to-payments handshake orders-
offers 'orders\ to\ mail' handshake 'orders\ t'
offers 'orders-to-payments orders\ to\ mail' handshake --tls 1.2 o
[ "$(eval "printf %s $(completes handshake '$')")" = "$hostile" ] || die "bash: a hostile name: $(completes handshake '$')"
[ ! -e ran ] || die "bash: a name was run"
echo "ok: bash completes commands, options, values, stacks, rules, files"

[ "$(completes check --select "" | wc -l)" -eq "$("$MTLSLINT" rules | grep -c '^ *MTL[0-9]')" ] || die "not every rule is offered"
count=0
for command in $("$MTLSLINT" --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    [ "$(completes "$command" --)" != "" ] || die "$command: nothing"
    completes "$command" -- >offered
    "$MTLSLINT" "$command" --help | grep -v 'as for mtlslint' | grep -o '^  .*' |
        grep -oE '(^  |, )(-[a-z], )?--[a-z-]+' | grep -o -- '--.*' >told || true
    while read -r option; do
        grep -qxF -- "$option" offered || die "$command: $option is not offered"
        count=$((count + 1))
    done <told
done
[ "$count" -gt 30 ] || die "only $count options compared"
echo "ok: the $count options in the help texts are offered"

for shell in zsh fish; do
    "$MTLSLINT" completion "$shell" >"mtlslint.$shell"
    if ! command -v "$shell" >/dev/null; then
        echo "skipped: $shell is not installed, its completion is not tried"
        continue
    fi
    "$shell" -n "mtlslint.$shell" || die "$shell: syntax"
done
if command -v fish >/dev/null; then
    export HOME=$scratch/home
    tried() { fish --no-config -c "source mtlslint.fish; complete -C '$1'" | cut -f1 | sort | tr '\n' ' '; }
    [ "$(tried 'mtlslint check --role ')" = "client server " ] || die "fish: --role: $(tried 'mtlslint check --role ')"
    [ "$(tried 'mtlslint hand')" = "handshake " ] || die "fish: command: $(tried 'mtlslint hand')"
    [ "$(tried 'mtlslint handshake --client-stack go-1.2')" = "go-1.26 " ] || die "fish: stack"
    echo "ok: fish completes"
fi

if command -v fish >/dev/null; then
    [ "$(tried 'mtlslint handshake orders-')" = "orders-to-payments " ] || die "fish: handshake: $(tried 'mtlslint handshake orders-')"
    [[ $(tried 'mtlslint handshake ') == *"$hostile"* ]] || die "fish: a hostile name: $(tried 'mtlslint handshake ')"
    [ ! -e ran ] || die "fish: a name was run"
    echo "ok: fish completes the names of handshakes"
fi
# zsh, at a terminal of its own: what stands on the line after TAB.
if command -v zsh >/dev/null; then
    cat >tab.zsh <<'END'
zmodload zsh/zpty zsh/zselect
zpty terminal zsh -f -i
zpty -w terminal 'unsetopt beep; autoload -U compinit; compinit -u -D; source ./mtlslint.zsh
    show() { print -r -- $BUFFER >line.new; mv line.new line }; zle -N show; bindkey "^X" show; : >ready'
while [[ ! -e ready ]]; do zselect -t 1; done
rm -f line
zpty -w -n terminal "$1"$'\t\x18'
while [[ ! -e line ]]; do zselect -t 1; done
cat line
zpty -d terminal
END
    typed() { rm -f ready; timeout 60 zsh -f tab.zsh "$1"; }
    completed() { [ "$(typed "$1")" = "$2" ] || die "zsh: '$1' becomes '$(typed "$1")' instead of '$2'"; }
    completed 'mtlslint stac' 'mtlslint stacks '
    completed 'mtlslint check --role s' 'mtlslint check --role server '
    completed 'mtlslint handshake orders-' 'mtlslint handshake orders-to-payments '
    completed 'mtlslint handshake orders\ t' 'mtlslint handshake orders\ to\ mail '
    [ "$(eval "printf %s $(typed 'mtlslint handshake \$' | cut -d' ' -f3-)")" = "$hostile" ] || die "zsh: a hostile name"
    [ ! -e ran ] || die "zsh: a name was run"
    echo "ok: zsh completes, names of handshakes too"
fi

status=0
"$MTLSLINT" completion tcsh >out 2>err || status=$?
[ "$status" -eq 2 ] && [ ! -s out ] && grep -q "bash, zsh or fish" err || die "an unknown shell: $status"
status=0
"$MTLSLINT" completion bash >/dev/full 2>err || status=$?
[ "$status" -eq 2 ] || die "a full disk: $status"
echo "ok: what cannot be done is said"
