#!/usr/bin/env python3
"""validate.py SARIF-SCHEMA GITLAB-SCHEMA FOLDER...: holds the reports of one check, FOLDER/report.FORMAT, to schemas and
to each other. The truth is report.json, which other tests hold to libcrypto; XML schemas are xmllint's business.

SPDX-License-Identifier: Apache-2.0
"""
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import jsonschema

LEVELS = ["error", "warning", "info"]


def require(condition, *words):
    if not condition:
        raise AssertionError(" ".join(str(word) for word in words))


def harmless(text, where):
    """No control or formatting characters but line ends, and no orders to CI systems."""
    for character in text:
        bad = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        require(not bad or character == "\n", where, "holds", ascii(character))
    require("##" not in text, where, "holds ##")


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)


def read_json(folder, name):
    value = json.loads((folder / name).read_text(encoding="utf-8"))
    for text in strings(value):
        harmless(text, f"{name} string")
    return value


def fingerprints(findings):
    return [finding["fingerprint"] for finding in findings]


def check_sarif(folder, findings, suppressed, validator):
    log = read_json(folder, "report.sarif")
    error = jsonschema.exceptions.best_match(validator.iter_errors(log))
    require(error is None, error and f"{list(error.absolute_path)}: {error.message}")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    hidden = [result for result in run["results"] if result.get("suppressions")]
    require(run["results"][len(findings):] == hidden and len(hidden) == len(suppressed), "sarif: number of results")
    for result, finding in zip(run["results"], findings + suppressed):
        require(rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["code"], "sarif: rule")
        require(result["level"] == levels[finding["severity"]], "sarif: level")
        require(result["message"]["text"].replace("\\", "").startswith(finding["message"].replace("\\", "")),
                "sarif: message")
        require(not re.search(r"(?<!\\)\]\(", result["message"]["text"]), "sarif: a name made a link")
        require(result["partialFingerprints"] == {"mtlslint/v1": finding["fingerprint"]}, "sarif: fingerprint")
        require(len(result.get("relatedLocations", [])) == len(finding["related"]), "sarif: relatedLocations")
        for location in result["locations"] + result.get("relatedLocations", []):
            artifact = location["physicalLocation"]["artifactLocation"]
            parts = urlsplit(artifact["uri"])
            require(parts.scheme == parts.netloc == parts.query == parts.fragment == "", "sarif: uri", artifact)
            require(not parts.path.startswith(("/", "./")), "sarif: uri is not relative", artifact)
            require(artifact["uriBaseId"] in run["originalUriBaseIds"], "sarif: uriBaseId")
            require(unquote_to_bytes(parts.path) != b"", "sarif: empty uri")


def check_gitlab(folder, findings, validator):
    issues = read_json(folder, "report.gitlab")
    validator.validate(issues)
    require(fingerprints(issues) == fingerprints(findings), "gitlab: fingerprints")
    for issue, finding in zip(issues, findings):
        require(finding["message"] in issue["description"], "gitlab: description")


def check_github(folder, findings):
    """Reads lines as the runner of GitHub Actions does (ActionCommand.TryParseV2)."""
    text = (folder / "report.github").read_text(encoding="utf-8")
    harmless(text, "github")
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    seen = []
    for line in text.splitlines():
        match = re.fullmatch(r"::([a-z]+) ([^:]*)::(.*)", line)
        if match is None:
            require(re.match(r"and \d+ more of level [a-z]+", line), "github: stray line", line)
            continue
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        require(set(properties) <= {"title", "file", "line", "endLine"}, "github: properties", properties)
        decoded = re.sub("%(25|0D|0A)", lambda code: bytes.fromhex(code[1]).decode(), match[3])
        seen.append((match[1], properties["title"].split(" ")[0], decoded.split("\n")[0]))
    wanted = []
    for level in LEVELS:
        of_level = [finding for finding in findings if finding["severity"] == level]
        wanted += [(levels[level], finding["code"], finding["message"]) for finding in of_level[:10]]
        if len(of_level) > 10:
            require(f"and {len(of_level) - 10} more of level {levels[level]}" in text, "github: how many more")
    require(seen == wanted, "github:", seen, "is not", wanted)


def check_xml(folder, findings):
    suites = ElementTree.parse(folder / "report.junit").getroot()
    cases = suites.findall("testsuite/testcase")
    errors = [finding["message"] for finding in findings if finding["severity"] == "error"]
    require(int(suites.get("tests")) == len(cases) > 0, "junit: tests")
    require(int(suites.get("failures")) == len(errors), "junit: failures")
    require([case.get("message") for case in suites.iter("failure")] == errors, "junit: messages")
    require(len([case for case in cases if len(case) > 0]) == len(findings), "junit: a case per finding")
    checkstyle = ElementTree.parse(folder / "report.checkstyle").getroot()
    told = [error.get("message").split(": ", 1)[1] for error in checkstyle.iter("error")]
    require(told == [finding["message"] for finding in findings], "checkstyle: messages")
    for document in (suites, checkstyle):
        for element in document.iter():
            for text in [element.text or "", *element.attrib.values()]:
                harmless(text, "xml")


def check_lines(folder, findings):
    lines = (folder / "report.jsonl").read_text(encoding="utf-8").splitlines()
    require([json.loads(line) for line in lines] == findings, "jsonl")
    concise = (folder / "report.concise").read_text(encoding="utf-8")
    harmless(concise, "concise")
    require(len(concise.splitlines()) == len(findings), "concise: a line per finding")
    for line, finding in zip(concise.splitlines(), findings):
        require(line.endswith(f":1: {finding['severity']}: {finding['code']} {finding['message']}"), "concise:", line)
    full = (folder / "report.full").read_text(encoding="utf-8")
    harmless(full, "full")
    require(not re.search(r"^\s*::[a-z]", full + concise, re.MULTILINE), "an order to GitHub")
    require(re.search(r"certificates? in \d+ files?[^.]*$", full.splitlines()[-1]), "full: the summary comes last")


def main():
    sarif, gitlab = (jsonschema.Draft7Validator(json.loads(Path(path).read_text())) for path in sys.argv[1:3])
    codes, count = set(), 0
    for folder in map(Path, sys.argv[3:]):
        try:
            report = read_json(folder, "report.json")
            findings, suppressed = report["findings"], report["suppressed"]
            every = fingerprints(findings + suppressed)
            require(len(set(every)) == len(every), "fingerprints repeat")
            check_sarif(folder, findings, suppressed, sarif)
            check_gitlab(folder, findings, gitlab)
            check_github(folder, findings)
            check_xml(folder, findings)
            check_lines(folder, findings)
        except (AssertionError, ValueError, KeyError, jsonschema.ValidationError) as reason:
            sys.exit(f"{folder.name}: {type(reason).__name__}: {reason}")
        codes |= {finding["code"] for finding in findings}
        count += len(findings)
    print(f"{len(sys.argv) - 3} checks, {count} findings, codes: {' '.join(sorted(codes))}")


main()
