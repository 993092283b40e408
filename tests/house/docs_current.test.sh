#!/usr/bin/env bash
# The documents say what is so: shown output is what the program prints, shown files are the files, links lead
# somewhere, and every command, option and rule code that is mentioned exists.
#
#   <!-- prints: ARGS -->   the next fenced block is the output of `mtlslint ARGS`; "..." stands for any lines, and
#                           @FILE for the words in FILE
#   <!-- file: PATH -->     the next fenced block is the end of that file
#
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

block() { # FILE LINE: the fenced block that follows
    tail -n "+$2" "$1" | awk '/^```/ { if (inside) exit; inside = 1; next } inside'
}

shown_in_order() { # ACTUAL BLOCK: lines one after the other, except across "..."
    awk '
        FNR == NR { actual[++count] = $0; next }
        $0 == "..." { gap = 1; next }
        {
            at++
            while (gap && at <= count && actual[at] != $0) at++
            if (at > count || actual[at] != $0) { print "not printed (any more): " $0; exit bad = 1 }
            gap = 0
        }
        END {
            if (!bad && !gap && at < count) { print "printed, but not shown: " actual[at + 1]; bad = 1 }
            exit bad
        }' "$1" "$2"
}

outputs() { # FILE...
    local file line text arguments word status count=0
    while IFS=: read -r file line text; do
        arguments=()
        for word in ${text#*prints: }; do
            case $word in
            '-->') ;;
            @*) arguments+=($(<"${word#@}")) ;;
            *) arguments+=("$word") ;;
            esac
        done
        status=0
        LC_ALL=C.UTF-8 "$MTLSLINT" "${arguments[@]}" >"$scratch/actual" 2>&1 || status=$?
        [ "$status" -le 1 ] || { cat "$scratch/actual"; return 1; }
        block "$file" "$line" >"$scratch/shown"
        shown_in_order "$scratch/actual" "$scratch/shown" || { echo "$file:$line: outdated output"; return 1; }
        count=$((count + 1))
    done < <(grep -n '^<!-- prints: ' "$@" /dev/null)
    echo "$count outputs"
}

files() { # FILE...
    local file line text path
    while IFS=: read -r file line text; do
        path=${text#*file: }
        path=${path% -->}
        block "$file" "$line" >"$scratch/shown"
        tail -n "$(wc -l <"$scratch/shown")" "$path" | diff - "$scratch/shown" ||
            { echo "$file:$line: not as in $path"; return 1; }
    done < <(grep -n '^<!-- file: ' "$@" /dev/null)
}

links() { # FILE...
    local file target bad=0
    while IFS=: read -r file target; do
        case $target in http://* | https://* | '#'*) continue ;; esac
        [ -e "$(dirname "$file")/${target%%#*}" ] || { echo "$file: dead link $target"; bad=1; }
    done < <(grep -o ']([^) ]*)' "$@" /dev/null | sed 's/](\(.*\))$/\1/')
    return "$bad"
}

commands() { # FILE...
    local command bad=0
    ./dev help >"$scratch/dev"
    for command in $(grep -oh '\./dev [a-z]*' "$@" | sort -u | cut -d' ' -f2); do
        grep -q "^\./dev $command\b" "$scratch/dev" || { echo "there is no ./dev $command"; bad=1; }
    done
    "$MTLSLINT" --help >"$scratch/commands"
    for command in $(grep -oh '[`( ]mtlslint [a-z][a-z]* [-A-Z]' "$@" | sed 's/^.//' | sort -u | cut -d' ' -f2); do
        grep -q "^  $command " "$scratch/commands" || { echo "there is no mtlslint $command"; bad=1; }
    done
    return "$bad"
}

options() { # FILE...
    local option command bad=0
    for command in $("$MTLSLINT" --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        "$MTLSLINT" "$command" --help
    done >"$scratch/options"
    "$MTLSLINT" --help >>"$scratch/options"
    # Inline code and indented lines of ours; the options of other programs stand on lines that name them.
    for option in $(grep -hv 'cmake\|ctest\|\./dev [a-z]* --\|pkg-config\|openssl \|apt-get' "$@" | grep -oh '[` ]--[a-z][a-z-]*' | tr -d '` ' | sort -u); do
        grep -q -- "$option\b" "$scratch/options" || { echo "no command has $option"; bad=1; }
    done
    return "$bad"
}

codes() { # FILE...
    local code bad=0
    "$MTLSLINT" rules >"$scratch/rules"
    for code in $(grep -oh 'MTL[0-9][0-9][0-9]' "$@" | sort -u); do
        grep -q "^$code " "$scratch/rules" || { echo "there is no rule $code"; bad=1; }
    done
    return "$bad"
}

picture() { # SVG
    docs/picture/make "$MTLSLINT" "$scratch/picture.svg" && cmp "$1" "$scratch/picture.svg" ||
        { echo "$1 is outdated: run docs/picture/make"; return 1; }
}

stacks() { # FOLDER
    local page bad=0
    mkdir -p "$scratch/stacks"
    docs/stacks/make "$MTLSLINT" "$scratch/stacks"
    for page in "$scratch"/stacks/*.md; do
        cmp -s "$page" "$1/${page##*/}" || { echo "$1/${page##*/} is outdated: run docs/stacks/make"; bad=1; }
    done
    for page in "$1"/*.md; do
        [ "${page##*/}" = MISSING.md ] || [ -e "$scratch/stacks/${page##*/}" ] || { echo "$page: no such stack"; bad=1; }
    done
    return "$bad"
}

documents=(README.md docs/*.md examples/*/README.md fixtures/README.md)
holds "shown output is what is printed" outputs "${documents[@]}"
holds "shown files are the files" files "${documents[@]}"
holds "links lead somewhere" links "${documents[@]}"
holds "commands exist" commands "${documents[@]}"
holds "options exist" options "${documents[@]}"
holds "rule codes exist" codes "${documents[@]}"
holds "the picture is what is printed" picture docs/picture/example.svg
holds "the pages of stacks are what is printed" stacks docs/stacks
holds "their links lead somewhere" links docs/stacks/*.md

planted=$scratch/planted.md
printf '<!-- prints: --version -->\n```\nmtlslint 99\n```\n' >"$planted"
catches "output that is not printed" "outdated output" outputs "$planted"
printf '<!-- prints: --help -->\n```\n' >"$planted"
"$MTLSLINT" --help | head -n 3 >>"$planted"
printf '```\n' >>"$planted"
catches "output that goes on" "but not shown" outputs "$planted"
printf '<!-- file: docs/example.c -->\n```\n}\n}\n```\n' >"$planted"
catches "a file shown otherwise" "not as in docs/example.c" files "$planted"
printf 'See [there](no/such/page.md), run `./dev everything`, `mtlslint guess FILE`, `--force`, MTL999.\n' >"$planted"
catches "a dead link" "dead link no/such/page.md" links "$planted"
catches "a command of ./dev" "no ./dev everything" commands "$planted"
catches "a command of mtlslint" "no mtlslint guess" commands "$planted"
catches "an option" "no command has --force" options "$planted"
catches "a rule code" "no rule MTL999" codes "$planted"
sed 's/unknown_ca/unknown_cat/' docs/picture/example.svg >"$scratch/old.svg"
catches "an outdated picture" "run docs/picture/make" picture "$scratch/old.svg"
cp -r docs/stacks "$scratch/pages"
sed -i 's/unknown authority/unknown author/' "$scratch/pages/go-1.26.md"
catches "an outdated page of a stack" "pages/go-1.26.md is outdated" stacks "$scratch/pages"
