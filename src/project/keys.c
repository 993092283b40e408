/*
 * The keys of the project file, as data: the reader and the published schema are made from them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "project/project.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const client_verify[] = {"required", "none", NULL};
static const char *const server_verify[] = {"required", "optional", "none", NULL};
static const char *const naming[] = {"always", "never", NULL};
static const char *const judged[] = {"clients", "servers", "both", NULL};
static const char *const levels[] = {"error", "warning", "info", NULL};

#define AT(member) .offset = offsetof(struct mtl_project_side, member)
static const struct mtl_key client_keys[] = {
    {.name = "cert", .kind = MTL_KEY_PATH, .about = "What it presents: its certificate, then intermediates.", AT(cert)},
    {.name = "key", .kind = MTL_KEY_PATH, .about = "Its private key; only compared with the certificate.", AT(key)},
    {.name = "trust", .kind = MTL_KEY_PATH, .about = "CA file or directory it checks the server against.", AT(trust)},
    {.name = "crl", .kind = MTL_KEY_PATH, .about = "Revocation lists; given, the whole chain is checked.", AT(crl)},
    {.name = "stack",
     .kind = MTL_KEY_TEXTS,
     .about = "TLS stack, or a list of them, or all; see mtlslint stacks.",
     AT(stacks)},
    {.name = "verify",
     .kind = MTL_KEY_CHOICE,
     .choices = client_verify,
     .about = "Of the server's certificate; required unless given.",
     AT(verify)},
    {.name = "depth", .kind = MTL_KEY_NUMBER, .about = "Intermediates it allows.", AT(depth)},
    {.name = "tls",
     .kind = MTL_KEY_VERSIONS,
     .about = "TLS versions it speaks; those of the handshake unless given.",
     AT(tls)},
    {.name = "sends_server_name",
     .kind = MTL_KEY_CHOICE,
     .choices = naming,
     .about = "Of a DNS name, in TLS; as its stack does by default unless given.",
     AT(sends_server_name)},
};
static const struct mtl_key server_keys[] = {
    {.name = "cert",
     .kind = MTL_KEY_PATH,
     .required = true,
     .about = "What it presents: its certificate, then intermediates.",
     AT(cert)},
    {.name = "key", .kind = MTL_KEY_PATH, .about = "Its private key; only compared with the certificate.", AT(key)},
    {.name = "trust", .kind = MTL_KEY_PATH, .about = "CA file or directory it checks clients against.", AT(trust)},
    {.name = "crl", .kind = MTL_KEY_PATH, .about = "Revocation lists; given, the whole chain is checked.", AT(crl)},
    {.name = "stack",
     .kind = MTL_KEY_TEXTS,
     .about = "TLS stack, or a list of them, or all; see mtlslint stacks.",
     AT(stacks)},
    {.name = "verify",
     .kind = MTL_KEY_CHOICE,
     .choices = server_verify,
     .about = "Of the client's certificate; required unless given.",
     AT(verify)},
    {.name = "depth", .kind = MTL_KEY_NUMBER, .about = "Intermediates it allows.", AT(depth)},
    {.name = "tls",
     .kind = MTL_KEY_VERSIONS,
     .about = "TLS versions it speaks; those of the handshake unless given.",
     AT(tls)},
    {.name = "default_cert",
     .kind = MTL_KEY_PATH,
     .about = "What it presents to a client that sends no server_name; cert unless given.",
     AT(default_cert)},
    {.name = "default_key",
     .kind = MTL_KEY_PATH,
     .about = "The private key of default_cert; only compared with it.",
     AT(default_key)},
};
#undef AT
static const struct mtl_key_table client_table = {
    .keys = client_keys, .count = COUNT(client_keys), .size = sizeof(struct mtl_project_side), .what = "a client"};
static const struct mtl_key_table server_table = {
    .keys = server_keys, .count = COUNT(server_keys), .size = sizeof(struct mtl_project_side), .what = "a server"};

#define AT(member) .offset = offsetof(struct mtl_project_handshake, member)
static const struct mtl_key handshake_keys[] = {
    {.name = "client",
     .kind = MTL_KEY_SECTION,
     .section = &client_table,
     .required = true,
     .about = "The side that connects; {} where nothing is known of it.",
     AT(client)},
    {.name = "server",
     .kind = MTL_KEY_SECTION,
     .section = &server_table,
     .required = true,
     .about = "The side that is connected to.",
     AT(server)},
    {.name = "server_name",
     .kind = MTL_KEY_TEXT,
     .about = "DNS name or IP address the client expects in the server's certificate.",
     AT(server_name)},
    {.name = "tls",
     .kind = MTL_KEY_VERSIONS,
     .about = "TLS versions of both sides; 1.2 and 1.3 unless given.",
     AT(tls)},
};
#undef AT
static const struct mtl_key_table handshake_table = {.keys = handshake_keys,
                                                     .count = COUNT(handshake_keys),
                                                     .size = sizeof(struct mtl_project_handshake),
                                                     .what = "a handshake"};

#define AT(member) .offset = offsetof(struct mtl_project_store, member)
static const struct mtl_key store_keys[] = {
    {.name = "path",
     .kind = MTL_KEY_PATH,
     .required = true,
     .about = "A file or directory that is a trust store, whatever it holds.",
     AT(path)},
    {.name = "judges",
     .kind = MTL_KEY_CHOICE,
     .choices = judged,
     .about = "Whose certificates are judged with it; roots of browsers are reported where clients are.",
     AT(judges)},
};
#undef AT
static const struct mtl_key_table store_table = {
    .keys = store_keys, .count = COUNT(store_keys), .size = sizeof(struct mtl_project_store), .what = "a trust store"};

#define AT(member) .offset = offsetof(struct mtl_project_rules, member)
static const struct mtl_key rule_keys[] = {
    {.name = "select",
     .kind = MTL_KEY_TEXTS,
     .about = "Only these rules: codes such as MTL104, beginnings such as MTL1, or names.",
     AT(select)},
    {.name = "ignore", .kind = MTL_KEY_TEXTS, .about = "Not these rules.", AT(ignore)},
    {.name = "severity",
     .kind = MTL_KEY_LEVELS,
     .choices = levels,
     .about = "Another severity for a rule.",
     AT(severities),
     .count_offset = offsetof(struct mtl_project_rules, severity_count)},
};
#undef AT
static const struct mtl_key_table rules_table = {
    .keys = rule_keys, .count = COUNT(rule_keys), .size = sizeof(struct mtl_project_rules), .what = "rules"};

#define AT(member) .offset = offsetof(struct mtl_project_ignore, member)
static const struct mtl_key ignore_keys[] = {
    {.name = "rule", .kind = MTL_KEY_TEXT, .required = true, .about = "Code or name of the rule.", AT(rule)},
    {.name = "path", .kind = MTL_KEY_TEXT, .about = "Where: a pattern as in .gitignore.", AT(path)},
    {.name = "cert",
     .kind = MTL_KEY_HASH,
     .about = "About which certificate: sha256: and the first 16 or more digits of its hash.",
     AT(sha256)},
    {.name = "reason", .kind = MTL_KEY_TEXT, .required = true, .about = "Why it is accepted.", AT(reason)},
    {.name = "until", .kind = MTL_KEY_DATE, .about = "The last day on which it is.", AT(until)},
};
#undef AT
static const struct mtl_key_table ignore_table = {.keys = ignore_keys,
                                                  .count = COUNT(ignore_keys),
                                                  .size = sizeof(struct mtl_project_ignore),
                                                  .what = "an entry of ignores"};

#define AT(member) .offset = offsetof(struct mtl_project, member)
static const struct mtl_key project_keys[] = {
    {.name = "handshakes",
     .kind = MTL_KEY_NAMED,
     .section = &handshake_table,
     .about = "Who talks to whom, by a name of your choice.",
     AT(handshakes),
     .count_offset = offsetof(struct mtl_project, handshake_count)},
    {.name = "trust_stores",
     .kind = MTL_KEY_SECTIONS,
     .section = &store_table,
     .about = "Files and directories that are trust stores.",
     AT(stores),
     .count_offset = offsetof(struct mtl_project, store_count)},
    {.name = "horizon",
     .kind = MTL_KEY_DURATION,
     .about = "What ends sooner counts as expiring: 30d unless given; 12h, 8w, 1y.",
     AT(horizon)},
    {.name = "rules", .kind = MTL_KEY_SECTION, .section = &rules_table, .about = "Which rules count.", AT(rules)},
    {.name = "ignores",
     .kind = MTL_KEY_SECTIONS,
     .section = &ignore_table,
     .about = "Findings that are accepted, with a reason.",
     AT(ignores),
     .count_offset = offsetof(struct mtl_project, ignore_count)},
    {.name = "store_password_file",
     .kind = MTL_KEY_PATH,
     .about = "File with the passwords of key stores, one on a line.",
     AT(store_password_file)},
    {.name = "ignore_paths",
     .kind = MTL_KEY_TEXTS,
     .about = "Files that are not looked at: patterns as in .gitignore.",
     AT(ignore_paths)},
};
#undef AT
const struct mtl_key_table mtl_project_keys = {
    .keys = project_keys, .count = COUNT(project_keys), .size = sizeof(struct mtl_project), .what = "a project file"};
