# Terminal output with SGR escapes to SVG. Understands bold, dim, underline and the 16 foreground colours.
# Works on bytes (LC_ALL=C); a column is a byte that does not continue a UTF-8 sequence.
# SPDX-License-Identifier: Apache-2.0
BEGIN {
    cell = 8.43; line_height = 18; margin = 16; font_size = 14
    split("6e7681 ff7b72 7ee787 e3b341 79c0ff d2a8ff 76e3ea c9d1d9", color)
    reset()
}

function reset() { bold = dim = underline = 0; fill = "" }

function sgr(codes,    list, count, i, code) {
    count = split(codes == "" ? "0" : codes, list, ";")
    for (i = 1; i <= count; i++) {
        code = list[i] + 0
        if (code == 0) reset()
        else if (code == 1) bold = 1
        else if (code == 2) dim = 1
        else if (code == 4) underline = 1
        else if (code == 22) bold = dim = 0
        else if (code == 24) underline = 0
        else if (code == 39) fill = ""
        else if (code >= 30 && code <= 37) fill = color[code - 29]
        else if (code >= 90 && code <= 97) fill = color[code - 89]
        else { print "ansi_to_svg: SGR " code " is not understood" >"/dev/stderr"; failed = 1 }
    }
}

function columns(text) { gsub(/[\200-\277]/, "", text); return length(text) }

# Text that is all ASCII or all not, so that each starts in its column even where a font lacks a glyph.
function segment(text,    style) {
    if (text == "") return
    style = bold ? " font-weight=\"bold\"" : ""
    if (dim) style = style " fill-opacity=\"0.6\""
    if (underline) style = style " text-decoration=\"underline\""
    if (fill != "") style = style " fill=\"#" fill "\""
    x = margin + column * cell
    column += columns(text)
    if (column > widest) widest = column
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    row = row sprintf("<tspan x=\"%.1f\"%s>%s</tspan>", x, style, text)
}

function span(text,    start, size) {
    while (match(text, /[\200-\377]+/)) {
        start = RSTART
        size = RLENGTH
        segment(substr(text, 1, start - 1))
        segment(substr(text, start, size))
        text = substr(text, start + size)
    }
    segment(text)
}

{
    row = ""
    column = 0
    rest = $0
    while (match(rest, /\033\[[0-9;]*m/)) {
        start = RSTART # span() uses match() too
        size = RLENGTH
        span(substr(rest, 1, start - 1))
        sgr(substr(rest, start + 2, size - 3))
        rest = substr(rest, start + size)
    }
    span(rest)
    body[NR] = row
}

END {
    width = int(2 * margin + widest * cell + 1)
    height = 2 * margin + NR * line_height
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", width, height, width, height
    printf "<title>mtlslint predicts the bundled example</title>\n"
    printf "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"#0d1117\"/>\n"
    printf "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"%d\" fill=\"#e6edf3\" xml:space=\"preserve\">\n", font_size
    for (i = 1; i <= NR; i++)
        if (body[i] != "") printf "<text y=\"%d\">%s</text>\n", margin + i * line_height - 4, body[i]
    print "</g>\n</svg>"
    exit failed
}
