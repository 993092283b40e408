/*
 * The project file, .mtlslint.yaml: what files cannot say themselves. Who talks to whom, which stores are trusted for
 * what, which rules count. docs/PROJECT-FILE.md describes it for users.
 *
 * YAML comes in through libyaml's events; this is its only layer. Of YAML 1.2 everything with a JSON value is read, by
 * the core schema; anchors, aliases, tags and several documents are refused. Every value keeps its line, every path is
 * joined to the folder of the file. Whether stacks, rules and files exist is for those to say who use them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_PROJECT_PROJECT_H
#define MTL_PROJECT_PROJECT_H

#include "base/base.h"
#include "store/store.h"

#define MTL_PROJECT_FILE ".mtlslint.yaml"
#define MTL_MAX_PROJECT_SIZE (256U << 10) /* bytes */
#define MTL_MAX_PROJECT_VALUES 50000U
#define MTL_MAX_PROJECT_DEPTH 8U    /* lists and mappings within each other; five are of use */
#define MTL_MAX_PROJECT_ITEMS 1000U /* of one list, and handshakes */

/* text NULL: not given. line: where it stands, or where what it would stand in begins. */
struct mtl_project_text {
    const char *text;
    unsigned line;
};
struct mtl_project_texts {
    const struct mtl_project_text *items;
    size_t count; /* 0: not given */
    unsigned line;
};
/* A number, seconds of a duration, or the first second of a day. line 0: not given. */
struct mtl_project_number {
    int64_t value;
    unsigned line;
};

/*
 * Every section begins with its name and the line where it begins; name.text is NULL for one without a name.
 * cert, key, trust, crl, default_cert, default_key: paths. verify: "required", "optional", "none".
 */
struct mtl_project_side {
    struct mtl_project_text name;
    struct mtl_project_text cert, key, trust, crl, verify;
    struct mtl_project_text default_cert, default_key; /* of a server: to clients that send no server_name */
    struct mtl_project_text sends_server_name;         /* of a client: "always", "never" */
    struct mtl_project_texts stacks;
    struct mtl_project_texts tls; /* "1.2", "1.3" */
    struct mtl_project_number depth;
};
struct mtl_project_handshake {
    struct mtl_project_text name;
    struct mtl_project_side client, server;
    struct mtl_project_text server_name;
    struct mtl_project_texts tls; /* "1.2", "1.3" */
};
struct mtl_project_store {
    struct mtl_project_text name;
    struct mtl_project_text path;
    struct mtl_project_text judges; /* whose certificates: "clients", "servers", "both" */
};
struct mtl_project_severity {
    struct mtl_project_text name;  /* the rule */
    struct mtl_project_text level; /* "error", "warning", "info" */
};
struct mtl_project_rules {
    struct mtl_project_text name;
    struct mtl_project_texts select, ignore; /* codes, beginnings of codes, or names */
    const struct mtl_project_severity *severities;
    size_t severity_count;
};
struct mtl_project_ignore {
    struct mtl_project_text name;
    struct mtl_project_text rule;   /* code or name */
    struct mtl_project_text path;   /* a pattern as .gitignore has them, relative to the folder of the file */
    struct mtl_project_text sha256; /* "sha256:" and the first 16 or more hexadecimal digits */
    struct mtl_project_text reason;
    struct mtl_project_number until; /* midnight UTC at which the last day on which it holds begins */
};

struct mtl_project {
    struct mtl_project_text name;
    const char *path;   /* of the file */
    const char *folder; /* "" for the current one; otherwise it ends with a slash */
    const struct mtl_project_handshake *handshakes;
    size_t handshake_count;
    const struct mtl_project_store *stores;
    size_t store_count;
    struct mtl_project_number horizon;
    struct mtl_project_rules rules;
    const struct mtl_project_ignore *ignores;
    size_t ignore_count;
    struct mtl_project_text store_password_file; /* path */
    struct mtl_project_texts ignore_paths;       /* patterns, relative to the folder of the file */
    const struct mtl_remark *remarks;            /* comments that suppress findings */
    size_t remark_count;
};

/* Reads the file. Errors name file, line, what is wrong and what to do. */
bool mtl_project_load(struct mtl_arena *arena, const char *path, const struct mtl_project **project,
                      struct mtl_error *error);
/* The same from memory; path is for messages and to resolve the paths in the file. */
bool mtl_project_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes,
                       const struct mtl_project **project, struct mtl_error *error);
/*
 * The project file for what is at path: in its directory or the nearest one above, up to and including the one that
 * holds .git. Where none does, only in its own directory. Never in home, which may be NULL. NULL: there is none.
 */
const char *mtl_project_find(struct mtl_arena *arena, const char *path, const char *home);
/* By name; NULL if there is none. */
const struct mtl_project_handshake *mtl_project_handshake_find(const struct mtl_project *project, const char *name);

/* ---- the keys: what the reader reads, and what the published schema is written from ----------------------------- */

enum mtl_key_kind {
    MTL_KEY_TEXT,     /* not empty, without control characters */
    MTL_KEY_PATH,     /* a text, joined to the folder */
    MTL_KEY_CHOICE,   /* one of choices */
    MTL_KEY_HASH,     /* "sha256:" and 16 to 64 hexadecimal digits */
    MTL_KEY_DATE,     /* "2027-03-01" */
    MTL_KEY_DURATION, /* "30d": 1 to 99999, then h, d, w or y */
    MTL_KEY_NUMBER,   /* 0 to 1000 */
    MTL_KEY_TEXTS,    /* a text or a list of them */
    MTL_KEY_VERSIONS, /* one or a list of 1.2 and 1.3, as text or number */
    MTL_KEY_SECTION,  /* a mapping with the keys of section */
    MTL_KEY_SECTIONS, /* a list of such mappings */
    MTL_KEY_NAMED,    /* a mapping from names to such mappings */
    MTL_KEY_LEVELS,   /* a mapping from names to one of choices: struct mtl_project_severity */
};
struct mtl_key_table;
struct mtl_key {
    const char *name;
    enum mtl_key_kind kind;
    bool required;
    const char *about;                   /* for the schema: one sentence */
    const char *const *choices;          /* NULL-terminated */
    const struct mtl_key_table *section; /* of SECTION, SECTIONS and NAMED */
    size_t offset, count_offset;         /* in the struct; count of SECTIONS, NAMED and LEVELS */
};
struct mtl_key_table {
    const struct mtl_key *keys;
    size_t count;
    size_t size;      /* of the struct */
    const char *what; /* "a handshake" */
};
extern const struct mtl_key_table mtl_project_keys;

#endif
