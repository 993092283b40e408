#!/usr/bin/env python3
"""tests/ci/pipeline.py FILE: the steps of a declarative pipeline of Jenkins, a line each: its name, a tab, and the text in
quotes among its arguments. Fails if FILE is not Groovy. Needs tree-sitter and its grammar of Groovy.
SPDX-License-Identifier: Apache-2.0
"""
import sys

import tree_sitter
import tree_sitter_groovy


def texts(node):
    if node.type in ("character_literal", "string_literal"):
        yield node.text.decode()[1:-1]
    for child in node.children:
        yield from texts(child)


def steps(node):
    if node.type == "juxt_function_call":
        yield node.children[0].text.decode(), *texts(node)
    for child in node.children:
        yield from steps(child)


def main(name):
    with open(name, "rb") as file:
        text = file.read()
    root = tree_sitter.Parser(tree_sitter.Language(tree_sitter_groovy.language())).parse(text).root_node
    if root.has_error:
        print(f"{name}: not Groovy", file=sys.stderr)
        return 1
    for step in steps(root):
        print(*step, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
