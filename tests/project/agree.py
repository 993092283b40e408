#!/usr/bin/env python3
"""The published schema, applied by python3-jsonschema to what PyYAML reads, accepts a file of fixtures/project/good and
refuses one of fixtures/project/bad; and so does the reader, which says in the words after "# says" where and why. They
agree as well on random changes of a good file.
Usage: agree.py MTLSLINT SCHEMA FOLDER CHANGES

SPDX-License-Identifier: Apache-2.0
"""
import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 core schema: no dates, no `yes`, no merge keys, no sexagesimal numbers."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
     list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)


def integer(loader, node):
    text = loader.construct_scalar(node)
    return int(text[2:], 8) if text.startswith("0o") else int(text, 16) if text.startswith("0x") else int(text)


def real(loader, node):
    text = loader.construct_scalar(node).lower().replace(".inf", "inf").replace(".nan", "nan")
    return float(text)


CoreLoader.add_constructor("tag:yaml.org,2002:int", integer)
CoreLoader.add_constructor("tag:yaml.org,2002:float", real)


STRANGE = [None, True, 0, -1, 7, 2.5, 1.2, 1.3, 1001, "", "a", "1.3", "all", "required", "optional", "none", "both", "error",
           "30d", "9h", "2027-02-30", "2027-02-28", "sha256:0011223344556677", "a\tb", "a\u0007", "\u00fc", [], {}, ["a"], [1.3],
           [[]], [{}], {"a": "b"}, {"path": "a"}, {"rule": "a", "reason": "b"}, {"cert": "a"}, {"client": {}, "server": {"cert": "x"}}]


def places(value, into):
    """Every (container, key) in a document."""
    for key in (value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()):
        into.append((value, key))
        places(value[key], into)
    return into


def change(document, chance, names):
    container, key = chance.choice(places(document, []))
    what = chance.randrange(4)
    if what == 0:
        del container[key]
    elif what == 1 and isinstance(container, dict):
        container[chance.choice(names)] = container.pop(key)
    else:
        container[key] = copy.deepcopy(chance.choice(STRANGE))


def reader_accepts(program, path):
    return subprocess.run([program, "handshake", "--config", path], capture_output=True, check=False).returncode == 0


def disagree_on_changes(program, validator, good, count):
    """Changes of a good file, written as JSON, which is YAML."""
    chance, wrong, accepted = random.Random(1), 0, 0
    names = sorted({key for _, key in places(good, []) if isinstance(key, str)})
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "changed.yaml")
        for _ in range(count):
            document = copy.deepcopy(good)
            for _ in range(chance.randint(1, 2)):
                change(document, chance, names)
            path.write_text(json.dumps(document, ensure_ascii=False))
            valid = validator.is_valid(document)
            accepted += valid
            if reader_accepts(program, path) != valid:
                print(f"the schema says {'valid' if valid else 'invalid'}, the reader otherwise: {json.dumps(document)}")
                wrong += 1
    print(f"{count} changes of a good file, {accepted} of them valid, {wrong} on which they disagree")
    return wrong or accepted < count // 10 or accepted > count * 9 / 10


def main():
    program, schema_path, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    schema = json.loads(schema_path.read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    wrong = count = 0
    for path in sorted(folder.glob("*/*.yaml")):
        kind = path.parent.name
        run = subprocess.run([program, "handshake", "--config", path], capture_output=True, text=True, check=False)
        says = re.match(rb"# says (.*)", path.read_bytes())
        problems = []
        if (run.returncode == 0) != (kind == "good"):
            problems.append(f"the reader ends with {run.returncode}: {run.stderr.strip()}")
        if kind != "good" and f"{path}:{says.group(1).decode()}" not in run.stderr:
            problems.append(f"the reader says: {run.stderr.strip()}")
        if kind != "syntax":
            errors = list(validator.iter_errors(yaml.load(path.read_text(), Loader=CoreLoader)))
            if bool(errors) == (kind == "good"):
                problems.append(f"the schema says: {errors[0].message if errors else 'valid'}")
        for problem in problems:
            print(f"{path}: {problem}")
        wrong += bool(problems)
        count += 1
    print(f"{count} files, {wrong} on which they disagree")
    good = yaml.load((folder / "good" / "full.yaml").read_text(), Loader=CoreLoader)
    changed = disagree_on_changes(program, validator, good, int(sys.argv[4]))
    return 1 if wrong or count < 50 or changed else 0


if __name__ == "__main__":
    sys.exit(main())
