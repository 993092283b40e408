#!/usr/bin/env python3
"""tests/ci/run_action.py ACTION OUTPUTS [INPUT=VALUE...]: runs a composite action here as GitHub's runner would.

Its steps are run by bash in the order they stand, up to the first that fails, whose status is returned. OUTPUTS receives
the action's outputs as name=value. ACTION is the folder that holds action.yml; RUNNER_TEMP must be set.
SPDX-License-Identifier: Apache-2.0
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

EXPRESSION = re.compile(r"\$\{\{ (inputs|steps\.([a-z-]+)\.outputs)\.([a-z0-9-]+) \}\}")


def expand(text, inputs, outputs):
    def value(match):
        if match[1] == "inputs":
            return inputs[match[3]]
        return outputs.get((match[2], match[3]), "")

    expanded = EXPRESSION.sub(value, text)
    if "${{" in EXPRESSION.sub("", text):
        sys.exit(f"run_action: an expression that is not understood: {text}")
    return expanded


def run_step(step, environment, inputs, outputs):
    if "${{" in step["run"]:
        sys.exit(f"run_action: an expression in the script of {step['name']}: what stands in it would be read as shell")
    if step["shell"] != "bash":
        sys.exit(f"run_action: the shell of {step['name']} is not bash")
    with tempfile.TemporaryDirectory() as scratch:
        script, output = pathlib.Path(scratch, "script.sh"), pathlib.Path(scratch, "output")
        script.write_text(step["run"])
        output.touch()
        variables = {name: expand(text, inputs, outputs) for name, text in step.get("env", {}).items()}
        status = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            env={**environment, **variables, "GITHUB_OUTPUT": str(output)},
        ).returncode
        for line in output.read_text().splitlines():
            name, value = line.split("=", 1)
            outputs[step.get("id"), name] = value
    return status


def main(folder, output_file, *arguments):
    action = yaml.safe_load(pathlib.Path(folder, "action.yml").read_text())
    given = dict(argument.split("=", 1) for argument in arguments)
    unknown = given.keys() - action["inputs"].keys()
    if unknown:
        sys.exit(f"run_action: the action has no input {', '.join(sorted(unknown))}")
    inputs = {name: given.get(name, described["default"]) for name, described in action["inputs"].items()}
    kept = ("PATH", "HOME", "LANG", "RUNNER_TEMP", "CMAKE_C_COMPILER_LAUNCHER", "CCACHE_DIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": os.getcwd(), "GITHUB_ACTION_PATH": folder}
    outputs, status = {}, 0
    for step in action["runs"]["steps"]:
        status = run_step(step, environment, inputs, outputs)
        if status != 0:
            break
    with open(output_file, "w") as file:
        for name, described in action["outputs"].items():
            print(f"{name}={expand(described['value'], inputs, outputs)}", file=file)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
