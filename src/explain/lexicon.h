/*
 * Words that belong to no row of a stack. Internal to src/explain.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_EXPLAIN_LEXICON_H
#define MTL_EXPLAIN_LEXICON_H

#include "explain/parts.h"

#define MTL_ENTRY_REASONS 6

struct mtl_entry {
    const char *phrase; /* in lower case */
    enum mtl_saying saying;
    uint32_t speakers;
    enum mtl_reason reasons[MTL_ENTRY_REASONS]; /* NONE ends them; none at all: any */
    const char *what, *look;                    /* see struct mtl_meaning */
    bool or_the_other;
};

/* Each ends with an entry without a phrase. */
extern const struct mtl_entry mtl_lexicon_certificates[]; /* summaries, other versions, other wordings */
extern const struct mtl_entry mtl_lexicon_libraries[];    /* inner errors */
extern const struct mtl_entry mtl_lexicon_nss[];
extern const struct mtl_entry mtl_lexicon_programs[];    /* of servers, proxies, clients */
extern const struct mtl_entry mtl_lexicon_windows[];     /* of Schannel, IIS, .NET */
extern const struct mtl_entry mtl_lexicon_connections[]; /* the network, HTTP, the end of a connection */

/* For the tables. */
#define CLIENT (1U << MTL_CLIENT)
#define SERVER (1U << MTL_SERVER)
#define BOTH MTL_BOTH_ROLES
#define REASON(r) MTL_REASON_##r
#define SAYS(saying) MTL_SAYS_##saying

#endif
