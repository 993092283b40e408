# Shared by the house rules. Each rule is a function that takes the tree to look at, prints violations and fails if
# there are any; the test runs it on the project and then on a scratch tree with a planted violation.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# holds WHAT COMMAND...: the project keeps the rule.
holds() {
    local what=$1
    shift
    "$@" || { echo "FAIL: $what"; exit 1; }
    echo "ok: $what"
}

# catches WHAT MESSAGE COMMAND...: the rule finds the violation planted just before, and says so.
catches() {
    local what=$1 message=$2
    shift 2
    if "$@" >"$scratch/caught" 2>&1 || ! grep -qF -- "$message" "$scratch/caught"; then
        echo "FAIL: a planted violation went unnoticed: $what"
        exit 1
    fi
    echo "ok: caught a planted violation: $what"
}

# without_comments FILE...: the code alone, as "file:line:text".
without_comments() {
    awk '
        FNR == 1 { inside = 0 }
        {
            line = $0
            out = ""
            while (line != "") {
                if (inside) {
                    end = index(line, "*/")
                    if (!end) break
                    line = substr(line, end + 2)
                    inside = 0
                    continue
                }
                start = index(line, "/*")
                slashes = index(line, "//")
                if (slashes && (!start || slashes < start)) { # in a string only "scheme://" is let through
                    if (substr(line, slashes - 1, 1) != ":") { out = out substr(line, 1, slashes - 1); break }
                    out = out substr(line, 1, slashes + 1)
                    line = substr(line, slashes + 2)
                    continue
                }
                if (!start) { out = out line; break }
                out = out substr(line, 1, start - 1) " "
                line = substr(line, start + 2)
                inside = 1
            }
            if (out ~ /[^ \t]/) print FILENAME ":" FNR ":" out
        }' "$@"
}
