# The tables above have a line for each option: command, --name, -letter, what it takes. SPDX-License-Identifier: Apache-2.0

_mtlslint_offer() { # WHAT VALUE...
    local what=$1
    shift
    case $what in
    choice) compadd -- "$@" ;;
    format) compadd -- ${(f)_mtlslint_formats} ;;
    handshake) compadd -- ${(f)"$(mtlslint handshake 2>/dev/null)"} ;;
    rule) compset -P '*,'; compadd -- ${(f)_mtlslint_rules} ;;
    stack) compset -P '*,'; compadd -- all ${(f)_mtlslint_stacks} ;;
    file) _files ;;
    esac
}

_mtlslint() {
    local command=check option=${words[CURRENT-1]} line
    local -a fields names operand
    if (( CURRENT > 2 && ${${(f)_mtlslint_commands}[(Ie)${words[2]}]} )); then
        command=${words[2]}
    fi
    if [[ ${words[CURRENT]} == --*=* ]]; then
        option=${words[CURRENT]%%=*}
        compset -P '*='
    fi
    for line in ${(f)_mtlslint_table}; do
        fields=(${=line})
        [[ $fields[1] == $command ]] || continue
        if [[ $fields[2] == - ]]; then
            operand=($fields[4,-1])
            continue
        fi
        names+=($fields[2])
        if [[ ($fields[2] == $option || ($fields[3] == $option && $option != -)) && $fields[4] != flag ]]; then
            _mtlslint_offer $fields[4,-1]
            return
        fi
    done
    if [[ ${words[CURRENT]} == -* ]]; then
        compadd -- $names --help
        return
    fi
    (( CURRENT == 2 )) && compadd -- ${(f)_mtlslint_commands} help
    _mtlslint_offer $operand
}

# Autoloaded from fpath, the file is the function; sourced, it registers it.
if [[ $funcstack[1] == _mtlslint ]]; then
    _mtlslint "$@"
else
    compdef _mtlslint mtlslint
fi
