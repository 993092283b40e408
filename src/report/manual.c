/* mtlslint.yaml(5), the manual page of the project file, from its table of keys. SPDX-License-Identifier: Apache-2.0 */
#include "project/project.h"
#include "report/schema.h"

#include <string.h>

static const char head[] =
    ".SH NAME\nmtlslint.yaml \\- the project file of mtlslint\n"
    ".SH SYNOPSIS\n.B " MTL_PROJECT_FILE "\n"
    ".SH DESCRIPTION\nNames what certificates cannot say themselves: who talks to whom, which stores are trusted for\n"
    "what, which rules count.\n.BR mtlslint (1)\nlooks for it from the checked path upwards, to the directory that "
    "holds .git.\n"
    "It is YAML. Paths in it are relative to it; keys that are not listed here are errors.\n.SH KEYS\n";
static const char tail[] = ".SH SEE ALSO\n.BR mtlslint (1);\n.B mtlslint schema\nprints the same as a JSON schema.\n";

static const char *
kind_words(enum mtl_key_kind kind)
{
    switch (kind) {
    case MTL_KEY_TEXT:
        return "text";
    case MTL_KEY_PATH:
        return "path";
    case MTL_KEY_CHOICE:
        return "one of";
    case MTL_KEY_HASH:
        return "hash";
    case MTL_KEY_DATE:
        return "date";
    case MTL_KEY_DURATION:
        return "duration";
    case MTL_KEY_NUMBER:
        return "number";
    case MTL_KEY_TEXTS:
        return "text, or a list";
    case MTL_KEY_VERSIONS:
        return "1.2, 1.3, or a list";
    case MTL_KEY_SECTION:
        return "mapping with these keys";
    case MTL_KEY_SECTIONS:
        return "list of mappings with these keys";
    case MTL_KEY_NAMED:
        return "mapping from names to mappings with these keys";
    case MTL_KEY_LEVELS:
        return "mapping from names to one of";
    }
    return NULL;
}

/* As deep as the tables are in each other: four. */
static void
put_keys(struct mtl_text *text, const struct mtl_key_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct mtl_key *key = &table->keys[i];

        mtl_text_printf(text, ".TP\n.BR %s \" (%s", key->name, kind_words(key->kind));
        for (size_t j = 0; key->choices != NULL && key->choices[j] != NULL; j++)
            mtl_text_printf(text, "%s%s", j > 0 ? ", " : " ", key->choices[j]);
        mtl_text_printf(text, "%s)\"\n\\&%s\n", key->required ? "; required" : "", key->about);
        if (key->section == NULL)
            continue;
        mtl_text_printf(text, ".RS\n");
        put_keys(text, key->section);
        mtl_text_printf(text, ".RE\n");
    }
}

bool
mtl_report_manual(struct mtl_arena *arena, const char *version, mtl_write *write, void *context)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_printf(&text, ".TH MTLSLINT.YAML 5 \"\" \"mtlslint %s\"\n%s", version, head);
    put_keys(&text, &mtl_project_keys);
    mtl_text_printf(&text, "%s", tail);
    return write(context, text.text, text.size);
}
