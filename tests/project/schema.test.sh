#!/usr/bin/env bash
# docs/mtlslint.schema.json is what the program prints, is a schema, and accepts what the reader accepts.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

published() { # FILE
    "$MTLSLINT" schema >"$scratch/schema.json"
    cmp "$1" "$scratch/schema.json" || { echo "$1 is outdated: run mtlslint schema -o $1"; return 1; }
}
agrees() { # SCHEMA [CHANGES]
    /usr/bin/python3 tests/project/agree.py "$MTLSLINT" "$1" fixtures/project "${2:-0}"
}

holds "the published schema is what is printed" published docs/mtlslint.schema.json
holds "schema and reader agree" agrees docs/mtlslint.schema.json 150

jq '.title = "other"' docs/mtlslint.schema.json >"$scratch/other.json"
catches "an outdated schema" "is outdated" published "$scratch/other.json"
jq 'del(.properties.handshakes.additionalProperties.required)' docs/mtlslint.schema.json >"$scratch/lenient.json"
catches "a schema that asks for less" "no-server.yaml: the schema says: valid" agrees "$scratch/lenient.json"
jq '.definitions.duration.pattern = "^[1-9][0-9]*[hd]$"' docs/mtlslint.schema.json >"$scratch/strict.json"
catches "a schema that asks for more" "horizon-longest.yaml: the schema says" agrees "$scratch/strict.json"
