# The tables above have a line for each option: command, --name, -letter, what it takes. SPDX-License-Identifier: Apache-2.0

function _mtlslint_uses
    set -l words (commandline -opc)
    set -l command check
    if set -q words[2]; and contains -- $words[2] (string split \n -- $_mtlslint_commands)
        set command $words[2]
    end
    test $command = $argv[1]
end

function _mtlslint_first
    test (count (commandline -opc)) -eq 1
end

complete -c mtlslint -n _mtlslint_first -a "$_mtlslint_commands help"
complete -c mtlslint -l help -s h
for line in (string split \n -- $_mtlslint_table)
    set -l fields (string split ' ' -- $line)
    set -q fields[4]; or continue
    set -l arguments -c mtlslint -n "_mtlslint_uses $fields[1]"
    if test $fields[2] != -
        set -a arguments -l (string sub -s 3 -- $fields[2])
        test $fields[3] = -; or set -a arguments -s (string sub -s 2 -- $fields[3])
    end
    set -l values
    switch $fields[4]
        case choice
            set values $fields[5..-1]
        case format
            set values (string split \n -- $_mtlslint_formats)
        case rule
            set values (string split \n -- $_mtlslint_rules)
        case stack
            set values all (string split \n -- $_mtlslint_stacks)
        case handshake
            complete $arguments -f -a "(mtlslint handshake 2>/dev/null)"
            continue
        case file
            test $fields[2] = -; or complete $arguments -r -F
            continue
        case flag
            complete $arguments
            continue
    end
    if test $fields[2] = -
        complete $arguments -f -a "$values"
    else
        complete $arguments -x -a "$values"
    end
end
