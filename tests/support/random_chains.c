/* Random chains: topologies, bundles and stores, written out as text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/random_chains.h"

#include <stdio.h>
#include <string.h>

#include "support/random_parts.h"

#define DAY (24 * 3600)

/* ---- chance --------------------------------------------------------------------------------------------------- */

/* splitmix64 */
static uint64_t
next(struct random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

uint64_t
random_below(struct random *random, uint64_t limit)
{
    return limit == 0 ? 0 : next(random) % limit;
}

bool
random_chance(struct random *random, unsigned percent)
{
    return random_below(random, 100) < percent;
}

void
random_word(struct random *random, struct mtl_text *words, const char *format, ...)
{
    char word[256];
    va_list arguments;
    (void)random;
    va_start(arguments, format);
    vsnprintf(word, sizeof word, format, arguments);
    va_end(arguments);
    mtl_text_printf(words, " %s", word);
}

/* ---- items ---------------------------------------------------------------------------------------------------- */

void
items_add(struct items *items, const char *name)
{
    if (items->count < RANDOM_MAX_ITEMS)
        items->names[items->count++] = name;
}

void
items_insert(struct random *random, struct items *items, const char *name)
{
    if (items->count == RANDOM_MAX_ITEMS)
        return;
    size_t at = items->count == 0 ? 0 : 1 + (size_t)random_below(random, items->count);
    memmove(&items->names[at + 1], &items->names[at], (items->count - at) * sizeof items->names[0]);
    items->names[at] = name;
    items->count++;
}

void
items_remove(struct items *items, const char *name)
{
    size_t kept = 0;
    for (size_t i = 0; i < items->count; i++)
        if (strcmp(items->names[i], name) != 0)
            items->names[kept++] = items->names[i];
    items->count = kept;
}

void
items_shuffle(struct random *random, struct items *items, size_t from)
{
    for (size_t i = items->count; i > from + 1; i--) {
        size_t j = from + (size_t)random_below(random, i - from);
        const char *name = items->names[i - 1];
        items->names[i - 1] = items->names[j];
        items->names[j] = name;
    }
}

static const char *
items_text(struct random *random, const struct items *items)
{
    struct mtl_text text = {.arena = random->arena};
    mtl_text_add(&text, "");
    for (size_t i = 0; i < items->count; i++)
        mtl_text_printf(&text, "%s%s", i == 0 ? "" : " ", items->names[i]);
    return text.text;
}

void
random_scatter(struct random *random, const char *name)
{
    unsigned where = (unsigned)random_below(random, 3);
    if (where != 1)
        items_insert(random, &random->presented, name);
    if (where == 0)
        return;
    items_add(&random->trusted, name);
    if (random_chance(random, 50))
        items_shuffle(random, &random->trusted, 0);
}

/* ---- nodes ---------------------------------------------------------------------------------------------------- */

const char *
random_key(struct random *random)
{
    unsigned dice = (unsigned)random_below(random, 100);
    if (dice < 4)
        return mtl_arena_printf(random->arena, "rsa:2048#%zu", random->count % 6);
    if (dice < 7)
        return mtl_arena_printf(random->arena, "ec:P-384#%zu", random->count % 4);
    if (dice < 30)
        return mtl_arena_printf(random->arena, "ed25519#%zu", random->count % 12);
    return mtl_arena_printf(random->arena, "ec:P-256#%zu", random->count % 64);
}

struct node *
random_node(struct random *random, const char *name)
{
    struct node *node = &random->nodes[random->count];
    *node = (struct node){
        .name = mtl_arena_printf(random->arena, "%s%zu", name, random->count),
        .key = random_key(random),
        .not_before = random->result.now - 300 * DAY,
        .not_after = random->result.now + 300 * DAY,
        .more = {.arena = random->arena},
    };
    node->subject = mtl_arena_printf(random->arena, "CN=%s", node->name);
    random->count++;
    return node;
}

struct node *
random_leaf(struct random *random)
{
    return &random->nodes[random->chain[0]];
}

struct node *
random_any(struct random *random)
{
    return &random->nodes[random->chain[random_below(random, random->chain_count)]];
}

struct node *
random_authority(struct random *random)
{
    if (random->chain_count == 1)
        return random_leaf(random);
    return &random->nodes[random->chain[1 + random_below(random, random->chain_count - 1)]];
}

struct node *
random_copy(struct random *random, const struct node *of, const char *name)
{
    const struct node original = *of;
    struct node *node = random_node(random, name);
    const char *own_name = node->name;

    *node = original;
    node->name = own_name;
    node->key_of = original.name;
    node->more = (struct mtl_text){.arena = random->arena};
    return node;
}

const char *
random_signer_key(struct random *random, const struct node *node)
{
    const char *name = node->signed_by != NULL ? node->signed_by : node->issuer;
    if (name == NULL)
        name = node->key_of != NULL ? node->key_of : node->name;
    for (size_t i = 0; i < random->count; i++)
        if (strcmp(random->nodes[i].name, name) == 0)
            return random->nodes[i].key;
    return "";
}

struct crl *
random_crl(struct random *random, const struct node *issuer)
{
    struct crl *crl = &random->crls[random->crl_count];
    *crl = (struct crl){.name = mtl_arena_printf(random->arena, "crl%zu", random->crl_count),
                        .issuer = issuer->name,
                        .more = {.arena = random->arena}};
    random->crl_count++;
    return crl;
}

/* ---- the plain chain ------------------------------------------------------------------------------------------ */

static void
make_authority(struct random *random, size_t depth, const struct node *issuer)
{
    size_t index = random->count;
    struct node *node = random_node(random, issuer == NULL ? "root" : "mid");

    random->chain[depth] = index;
    node->basic = "ca";
    if (issuer != NULL)
        node->issuer = issuer->name;
    if (random_chance(random, 70))
        node->ku = random_chance(random, 80) ? "keyCertSign,cRLSign" : "digitalSignature,keyCertSign,cRLSign";
    if (random_chance(random, 15))
        node->eku = "serverAuth,clientAuth";
    if (random_chance(random, 15))
        node->ski = "none";
    if (random_chance(random, 10))
        node->aki = RANDOM_PICK(random, ((const char *const[]){"none", "issuer", "both"}));
    /* A new key under the old name (RFC 4210 4.4): self-issued. */
    if (issuer != NULL && random_chance(random, 8))
        node->subject = issuer->subject;
    if (random_chance(random, 10))
        node->path_length = mtl_arena_printf(random->arena, "%zu", depth - 1 + (size_t)random_below(random, 2));
}

static void
make_leaf(struct random *random, const struct node *issuer)
{
    static const char *const purposes[] = {"serverAuth,clientAuth", "clientAuth,serverAuth,emailProtection"};
    static const char *const usages[] = {"digitalSignature", "digitalSignature,keyEncipherment",
                                         "digitalSignature,keyAgreement"};
    random->chain[0] = random->count;
    struct node *leaf = random_node(random, "leaf");

    if (issuer != NULL)
        leaf->issuer = issuer->name;
    if (random_chance(random, 40))
        leaf->eku = RANDOM_PICK(random, purposes);
    if (random_chance(random, 40))
        leaf->ku = RANDOM_PICK(random, usages);
    if (random_chance(random, 10))
        leaf->basic = issuer == NULL ? "ca" : "not-ca";
    if (random_chance(random, 10))
        leaf->aki = RANDOM_PICK(random, ((const char *const[]){"none", "issuer", "both", "keyid"}));
    if (random_chance(random, 85))
        random_word(random, &leaf->more, "dns=%s", RANDOM_HOST);
    else
        leaf->subject = "CN=" RANDOM_HOST;
}

static void
make_chain(struct random *random)
{
    static const size_t counts[] = {0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 5};
    size_t authorities = RANDOM_PICK(random, counts);
    const struct node *issuer = NULL;

    random->chain_count = authorities + 1;
    for (size_t depth = authorities; depth > 0; depth--) {
        make_authority(random, depth, issuer);
        issuer = &random->nodes[random->chain[depth]];
    }
    make_leaf(random, issuer);

    for (size_t i = 0; i < random->chain_count; i++) {
        const char *name = random->nodes[random->chain[i]].name;
        if (i == 0 || i + 1 < random->chain_count || random_chance(random, 15))
            items_add(&random->presented, name);
        if (i + 1 == random->chain_count)
            items_add(&random->trusted, name);
    }
}

/* ---- what stands around it ------------------------------------------------------------------------------------ */

static void
add_strangers(struct random *random)
{
    struct node *root = random_node(random, "stranger");
    root->basic = "ca";
    random_scatter(random, root->name);
}

/* The same authority under another root. */
static void
cross_sign(struct random *random)
{
    struct node *other = random_node(random, "other");
    other->basic = "ca";
    const char *other_name = other->name;
    struct node *twin = random_copy(random, random_authority(random), "cross");
    twin->issuer = other_name;
    twin->aki = NULL;
    random_scatter(random, twin->name);
    if (random_chance(random, 50))
        random_scatter(random, other_name);
}

static void
same_name_other_key(struct random *random)
{
    const struct node *of = random_authority(random);
    struct node *twin = random_copy(random, of, "twin");
    twin->key_of = NULL;
    twin->key = random_key(random);
    if (random_chance(random, 50))
        twin->ski = "none";
    if (random_chance(random, 30))
        twin->issuer = NULL;
    random_scatter(random, twin->name);
}

/* The same name and key with other dates. */
static void
renewed(struct random *random)
{
    struct node *twin = random_copy(random, random_authority(random), "renewed");
    int64_t shift = (int64_t)random_below(random, 900) - 600;
    twin->not_before += shift * DAY;
    twin->not_after += shift * DAY;
    random_scatter(random, twin->name);
}

/* A self-signed certificate with the name and key of an authority. */
static void
mimic(struct random *random)
{
    struct node *twin = random_copy(random, random_authority(random), "mimic");
    twin->issuer = NULL;
    twin->aki = NULL;
    random_scatter(random, twin->name);
}

/* An authority that is certified by one below it. */
static void
loop(struct random *random)
{
    if (random->chain_count < 3)
        return;
    const struct node *below = &random->nodes[random->chain[1]];
    const char *below_name = below->name;
    struct node *twin = random_copy(random, &random->nodes[random->chain[random->chain_count - 1]], "loop");
    twin->issuer = below_name;
    twin->aki = NULL;
    random_scatter(random, twin->name);
}

static void
surround(struct random *random)
{
    static void (*const ways[])(struct random *) = {add_strangers, cross_sign, same_name_other_key,
                                                    renewed,       mimic,      loop};
    while (random_chance(random, 35) && random->count + 4 < RANDOM_MAX_NODES)
        RANDOM_PICK(random, ways)(random);
    if (random_chance(random, 15))
        items_shuffle(random, &random->presented, 1);
    if (random_chance(random, 10))
        items_insert(random, &random->presented, random_any(random)->name);
    if (random_chance(random, 10))
        items_add(&random->trusted, random_any(random)->name);
    if (random_chance(random, 15))
        items_shuffle(random, &random->trusted, 0);
}

static void
add_crls(struct random *random)
{
    random->result.check_revocation = true;
    for (size_t i = random->chain_count > 1 ? 1 : 0; i < random->chain_count; i++) {
        struct crl *crl = random_crl(random, &random->nodes[random->chain[i]]);
        struct items *where = random_chance(random, 80) ? &random->revocation : &random->trusted;
        items_add(where, crl->name);
    }
}

static void
choose_question(struct random *random)
{
    mtl_time base;
    mtl_time_from_civil(2026, 6, 1, 0, 0, 0, &base);
    random->result.now = base + (mtl_time)random_below(random, 400 * (uint64_t)DAY);
    random->result.subject = random_chance(random, 50) ? MTL_CLIENT : MTL_SERVER;
    random->result.depth = -1;
    if (random->result.subject == MTL_SERVER && random_chance(random, 80))
        random->result.host = RANDOM_HOST;
}

/* ---- writing -------------------------------------------------------------------------------------------------- */

/* Years 0 to 9999 can be written. */
static mtl_time
writable(mtl_time time)
{
    mtl_time first, last;
    mtl_time_from_civil(0, 1, 1, 0, 0, 0, &first);
    mtl_time_from_civil(9999, 12, 31, 23, 59, 59, &last);
    return time < first ? first : time > last ? last : time;
}

static void
write_word(struct mtl_text *text, const char *key, const char *value)
{
    if (value != NULL)
        mtl_text_printf(text, " %s=%s", key, value);
}

static void
write_node(struct random *random, struct mtl_text *text, const struct node *node)
{
    char not_before[MTL_TIME_TEXT_SIZE], not_after[MTL_TIME_TEXT_SIZE];
    bool signed_by_rsa = strncmp(random_signer_key(random, node), "rsa:", 4) == 0;
    /* A later fault may have given the signer another key: MD5 goes with RSA only. */
    const char *digest = node->digest;
    if (digest != NULL && strcmp(digest, "md5") == 0 && !signed_by_rsa)
        digest = "sha1";

    mtl_text_printf(text, "%s", node->name);
    write_word(text, "issuer", node->issuer);
    write_word(text, "subject", node->subject);
    write_word(text, "issuer-name", node->issuer_name);
    write_word(text, "signed-by", node->signed_by);
    write_word(text, node->key_of != NULL ? "key-of" : "key", node->key_of != NULL ? node->key_of : node->key);
    if (node->basic != NULL)
        mtl_text_printf(text, " %s", node->basic);
    write_word(text, "pathlen", node->path_length);
    write_word(text, "ku", node->ku);
    write_word(text, "eku", node->eku);
    write_word(text, "digest", digest);
    if (node->pss && signed_by_rsa && strstr(random_signer_key(random, node), "1024") == NULL)
        mtl_text_add(text, " pss");
    write_word(text, "ski", node->ski);
    write_word(text, "aki", node->aki);
    write_word(text, "version", node->version);
    write_word(text, "not-before", mtl_time_text(writable(node->not_before), not_before));
    write_word(text, "not-after", mtl_time_text(writable(node->not_after), not_after));
    mtl_text_printf(text, "%s\n", node->more.size > 0 ? node->more.text : "");
}

static void
write_out(struct random *random)
{
    struct mtl_text text = {.arena = random->arena};
    for (size_t i = 0; i < random->count; i++)
        write_node(random, &text, &random->nodes[i]);
    for (size_t i = 0; i < random->crl_count; i++) {
        const struct crl *crl = &random->crls[i];
        mtl_text_printf(&text, "crl %s issuer=%s%s\n", crl->name, crl->issuer,
                        crl->more.size > 0 ? crl->more.text : "");
    }
    random->result.recipe = text.text;
    random->result.presented = items_text(random, &random->presented);
    random->result.trusted = items_text(random, &random->trusted);
    random->result.crls = items_text(random, &random->revocation);
    random->result.faults = random->faults.size > 0 ? random->faults.text : "";
}

static struct random_case
make(struct mtl_arena *arena, uint64_t seed, bool wider)
{
    static const unsigned fault_counts[] = {0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3};
    struct random *random = mtl_arena_alloc(arena, sizeof *random);

    random->arena = arena;
    random->state = seed * 0x2545f4914f6cdd1dU + 1;
    random->wider = wider;
    random->faults.arena = arena;
    choose_question(random);
    make_chain(random);
    if (random_chance(random, 30))
        add_crls(random);
    for (unsigned left = RANDOM_PICK(random, fault_counts); left > 0; left--)
        random_fault(random);
    surround(random);
    write_out(random);
    return random->result;
}

struct random_case
random_case_make(struct mtl_arena *arena, uint64_t seed)
{
    return make(arena, seed, false);
}

struct random_case
random_case_make_wider(struct mtl_arena *arena, uint64_t seed)
{
    return make(arena, seed, true);
}
