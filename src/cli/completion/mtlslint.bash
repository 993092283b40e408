# The tables above have a line for each option: command, --name, -letter, what it takes. SPDX-License-Identifier: Apache-2.0

# What an option or, for "-", an operand of a command takes.
_mtlslint_takes() { # COMMAND WORD
    local command name letter rest
    while read -r command name letter rest; do
        if [[ $command == "$1" && ($name == "$2" || ($letter == "$2" && $letter != - )) ]]; then
            printf '%s' "$rest"
            return
        fi
    done <<<"$_mtlslint_table"
}

_mtlslint_options() { # COMMAND
    local command name _
    while read -r command name _; do
        if [[ $command == "$1" && $name == --* ]]; then printf '%s\n' "$name"; fi
    done <<<"$_mtlslint_table"
    echo --help
}

# The names in the project file are text of strangers: compgen -W would expand what stands in them.
_mtlslint_offer_handshakes() { # WORD
    local name quoted
    while IFS= read -r name; do
        printf -v quoted %q "$name"
        if [[ $name == "$1"* || $quoted == "$1"* ]]; then COMPREPLY+=("$quoted"); fi
    done < <(mtlslint handshake 2>/dev/null)
}

_mtlslint_offer() { # KIND-AND-VALUES WORD
    local before=
    case $2 in *,*) before=${2%,*}, ;; esac
    case $1 in
    "choice "*) mapfile -t COMPREPLY < <(compgen -W "${1#choice }" -- "$2") ;;
    format) mapfile -t COMPREPLY < <(compgen -W "$_mtlslint_formats" -- "$2") ;;
    handshake) _mtlslint_offer_handshakes "$2" ;;
    rule) mapfile -t COMPREPLY < <(compgen -P "$before" -W "$_mtlslint_rules" -- "${2##*,}") ;;
    stack) mapfile -t COMPREPLY < <(compgen -P "$before" -W "all $_mtlslint_stacks" -- "${2##*,}") ;;
    file)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$2")
        ;;
    esac
}

_mtlslint() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=check takes
    COMPREPLY=()
    if [[ " ${_mtlslint_commands//$'\n'/ } " == *" ${COMP_WORDS[1]} "* ]] && ((COMP_CWORD > 1)); then
        command=${COMP_WORDS[1]}
    fi
    if [[ $word == = ]]; then # readline makes three words of --name=value
        word=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [[ $previous == -?* ]]; then
        takes=$(_mtlslint_takes "$command" "$previous")
        if [[ -n $takes && $takes != flag ]]; then
            _mtlslint_offer "$takes" "$word"
            return
        fi
    fi
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_mtlslint_options "$command")" -- "$word")
        return
    fi
    _mtlslint_offer "$(_mtlslint_takes "$command" -)" "$word"
    if ((COMP_CWORD == 1)); then
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$_mtlslint_commands help" -- "$word")
    fi
}
complete -F _mtlslint mtlslint
