"""Writes files with the roots A, B and C, of which B (and sometimes another) is damaged, into the folder given."""
import sys
import pathlib


def write(folder, roots):
    a, b, c = roots
    lines = b.splitlines()
    begin, body, end = lines[0], lines[1:-1], lines[-1]
    text = "\n".join
    mark = "\N{BYTE ORDER MARK}"
    broken = text([begin, *body[:1], "!!!!", *body[2:], end]) + "\n"
    files = {
        "clean": a + b + c,
        "line-ends": a + b.replace("\n", "\r\n") + c,
        "tail-begin": a + text([begin + " ", *body, end]) + "\n" + c,
        "tail-end": a + text([begin, *body, end + "  "]) + "\n" + c,
        "mark-first": mark + a + b + c,
        "mark-second": a + mark + b + c,
        "prefix": a + "text " + b + c,
        "glued-first": a.rstrip("\n") + b + c,
        "glued-second": a + b.rstrip("\n") + c,
        "gap": a + text([begin, *body[:2], "", *body[2:], end]) + "\n" + c,
        "gap-at-end": a + text([begin, *body, "", end]) + "\n" + c,
        "broken-base64": a + broken + c,
        "broken-der": a + text([begin, "MAMCAQc=", end]) + "\n" + c,
        "mark-and-glued": mark + a + b.rstrip("\n") + c,
        "prefix-and-mark": a + "text " + b + mark + c,
        "gap-and-prefix": a + text([begin, *body[:2], "", *body[2:], end]) + "\n" + "text " + c,
        "broken-and-glued": broken + a.rstrip("\n") + c,
    }
    for name, content in files.items():
        pathlib.Path(folder, name + ".pem").write_bytes(content.encode())


if __name__ == "__main__":
    here = pathlib.Path(sys.argv[1])
    write(here, [(here / f"{n}.pem").read_text() for n in ("root-a", "root-b", "root-c")])
