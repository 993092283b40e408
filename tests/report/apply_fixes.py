#!/usr/bin/env python3
"""apply_fixes.py REPORT.json REPORT.sarif: carries out, in the current folder, each way that the findings of a check
offer to mend a bundle: the shell commands, mtlslint fix, and the edits of SARIF. All three must leave the same
certificates in the same order; the edits must leave what else is in the file. Prints how many there were.

SPDX-License-Identifier: Apache-2.0
"""
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----\s(.*?)-----END CERTIFICATE-----", re.DOTALL)


def certificates(text):
    return ["".join(block.split()) for block in BLOCK.findall(text)]


def the_rest(text):
    return [line for line in BLOCK.sub("", text).splitlines() if line.strip()]


def offset(lines, line, column):
    return sum(map(len, lines[:line - 1])) + column - 1


def apply(text, replacements):
    lines = text.splitlines(keepends=True)
    for replacement in reversed(replacements):
        region = replacement["deletedRegion"]
        last = region.get("endLine", region["startLine"])
        start = offset(lines, region["startLine"], region.get("startColumn", 1))
        end = offset(lines, last, region.get("endColumn", len(lines[last - 1].rstrip("\r\n")) + 1 if last <= len(lines) else 1))
        content = replacement.get("insertedContent", {}).get("text", "")
        text = text[:start] + content + text[end:]
        lines = text.splitlines(keepends=True)
    return text


def run(command, output):
    subprocess.run(command, shell=isinstance(command, str), check=True, stdout=subprocess.DEVNULL)
    text = Path(output).read_text()
    os.remove(output)
    return text


def main():
    findings = json.loads(Path(sys.argv[1]).read_text())["findings"]
    results = json.loads(Path(sys.argv[2]).read_text())["runs"][0]["results"]
    fixes = edits = both = 0
    for finding, result in zip(findings, results):
        words = shlex.split(finding["fix"]["mtlslint_fix"] or "")
        if not words:
            assert "fixes" not in result, "edits, but no mtlslint fix"
            continue
        assert words[0] == "mtlslint", words
        assert finding["fix"]["mtlslint_fix"] in result["message"]["text"], "the message does not tell of it"
        fixed = run([os.environ["MTLSLINT"], *words[1:]], words[-1])
        wanted = certificates(fixed)
        assert wanted and not the_rest(fixed), fixed
        fixes += 1
        if finding["fix"]["commands"]:
            shell = run("set -e\n" + "\n".join(finding["fix"]["commands"]), words[-1])
            assert certificates(shell) == wanted, (finding["code"], "the commands write something else")
            both += 1
        for fix in result.get("fixes", []):
            (change,) = fix["artifactChanges"]
            path = Path(unquote(change["artifactLocation"]["uri"]))
            before = path.read_bytes().decode("latin-1")
            after = apply(before, change["replacements"])
            assert certificates(after) == wanted, (finding["code"], "the edits leave something else")
            assert the_rest(after) == the_rest(before), (finding["code"], "the edits change more than certificates")
            edits += 1
    print(fixes, both, edits)


main()
