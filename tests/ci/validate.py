#!/usr/bin/env python3
"""tests/ci/validate.py SCHEMA FILE...: each YAML file by a JSON schema. SPDX-License-Identifier: Apache-2.0"""
import json
import sys

import jsonschema
import yaml


def main(schema_file, *files):
    with open(schema_file) as file:
        validator = jsonschema.Draft7Validator(json.load(file))
    failed = False
    for name in files:
        with open(name) as file:
            document = yaml.safe_load(file)
        if True in document:  # to YAML 1.1 "on:" is a boolean; to GitHub it is a word
            document["on"] = document.pop(True)
        for error in validator.iter_errors(document):
            print(f"{name}: {'.'.join(map(str, error.absolute_path))}: {error.message}")
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
