# From the cases of the rules to the examples on their pages: a C table with, for each rule, the version that brought it
# and its first case that fires and its first that stays quiet. Arguments: -v version=V, -v list=FILE with the paths of
# all cases in order of name, and rules/SINCE. SPDX-License-Identifier: Apache-2.0

function quoted(text,   out, i, c) {
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        out = out (c == "\\" || c == "\"" ? "\\" c : c)
    }
    return "\"" out "\\n\""
}

function add(line) { body = body "\n     " quoted(line) }

# What stands in a file, or in all of a directory; then, once each, what these are.
function add_contents(path,   i, name) {
    for (i = 1; i <= files; i++)
        if (file[i] == path || index(file[i], path "/") == 1)
            shown[++count] = "line " i
}

function read_recipe(path,   line, part) {
    files = 0
    split("", text); split("", object)
    while ((getline line < path) > 0) {
        if (line ~ /^ *(#|$)/) continue
        gsub(/  +/, " ", line)
        split(line, part, " ")
        if (part[2] == "=") { file[++files] = part[1]; text[files] = line }
        else object[part[1] == "crl" ? part[2] : part[1]] = line
    }
    close(path)
}

function add_recipe(   i, j, n, item, told, lines) {
    for (i = 1; i <= count; i++) {
        n = split(text[substr(shown[i], 6)], item, " ")
        for (j = 3; j <= n; j++) {
            sub(/\+.*/, "", item[j])
            if (item[j] in object && !(item[j] in told) && lines++ < 8) add(substr(object[item[j]], 1, 300))
            told[item[j]]
        }
    }
    for (i = 1; i <= count && i <= 8; i++) add(substr(text[substr(shown[i], 6)], 1, 300))
}

function add_case(path,   line, part, expecting, command, i, findings) {
    body = ""; count = 0; command = "$ mtlslint check"
    while ((getline line < path) > 0) {
        sub(/^ +/, "", line)
        split(line, part, " ")
        if (line ~ /^#/) { add(substr(line, 3)); continue }
        if (line == "expect:") { add_recipe(); add(command); expecting = 1; continue }
        if (expecting) { if (line ~ /^(error|warning|info) / && findings++ < 8) add(line); continue }
        if (part[1] == "check:") for (i = 2; part[i] != ""; i++) { add_contents(part[i]); command = command " " part[i] }
        else if (part[1] == "project:") command = command " --config " part[2]
        else if (part[1] !~ /^(open|repository):$/ && line != "") { sub(/:$/, "", part[1]); command = command " --" part[1] (part[2] == "" ? "" : " " part[2]) }
        split("", part)
    }
    close(path)
    if (findings == 0) add("no findings")
    return body
}

function choose(path,   part, n, name, kind) {
    n = split(path, part, "/")
    name = part[n - 1]
    kind = part[n] ~ /^fires-/ ? "fires" : "quiet"
    gsub(/_/, "-", name)
    if (!((name, kind) in chosen)) chosen[name, kind] = path
    if (!(name in seen)) { seen[name]; names[++rules] = name }
}

/^[^#]/ { for (i = 2; i <= NF; i++) since[$i] = $1 }
END {
    while ((getline path < list) > 0) choose(path)
    print "/* Written by cmake/examples.awk. */\n#include \"lint/lint.h\"\n"
    print "const struct mtl_rule_page mtl_rule_pages[] = {"
    for (r = 1; r <= rules; r++) {
        name = names[r]
        path = chosen[name, "fires"]
        sub(/[^\/]*$/, "chain.recipe", path)
        read_recipe(path)
        printf "    {.name = \"%s\", .since = \"%s\",\n     .fires =%s,\n     .quiet =%s},\n", name,
            (name in since ? since[name] : version), add_case(chosen[name, "fires"]), add_case(chosen[name, "quiet"])
    }
    print "};\nconst size_t mtl_rule_page_count = sizeof(mtl_rule_pages) / sizeof(mtl_rule_pages[0]);"
}
