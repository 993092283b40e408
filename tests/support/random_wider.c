/* Further faults for random chains, which random_case_make_wider() mixes with the others. They are kept apart, so that
 * a seed gives the same case as before.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "support/random_parts.h"

/* ---- certificates --------------------------------------------------------------------------------------------- */

/* RFC 5280 4.1.2.2: positive, 20 octets at most. */
static void
serial_number(struct random *random)
{
    static const char *const serials[] = {"00",
                                          "80",
                                          "ff",
                                          "7f",
                                          "0080",
                                          "0001",
                                          "7fffffffffffffffffffffffffffffffffffffff",
                                          "00ffffffffffffffffffffffffffffffffffffffff",
                                          "0102030405060708090a0b0c0d0e0f101112131415",
                                          "80000000000000000000000000000000000000000000"};
    random_word(random, &random_any(random)->more, "serial=%s", RANDOM_PICK(random, serials));
}

static void
form_of_dates(struct random *random)
{
    random_word(random, &random_any(random)->more, "generalized-time");
}

static void
criticality(struct random *random)
{
    static const char *const words[] = {"noncritical=bc", "noncritical=ku", "noncritical=bc,ku", "critical=eku",
                                        "critical=san",   "critical=ns",    "critical=ian"};
    random_word(random, &random_any(random)->more, "%s", RANDOM_PICK(random, words));
}

static void
policies(struct random *random)
{
    static const char *const words[] = {
        "policies=1.2.3.4",
        "policies=anyPolicy critical=policies",
        "policies=1.2.3.4,1.2.3.4",
        "raw-constraints=3003800100",
        "raw-constraints=3003800105",
        "raw-constraints=3003810100",
        "raw-inhibit=020100",
        "raw-inhibit=020105",
        "policies=1.2.3.4 raw-mappings=300c300a06032a030406032a0305",
        "raw-mappings=300d300b06032a03040604551d2000 noncritical=mappings",
    };
    random_word(random, &random_any(random)->more, "%s", RANDOM_PICK(random, words));
}

static void
many_names(struct random *random)
{
    static const char *const counts[] = {"5", "100", "300"};
    random_word(random, &random_any(random)->more, "many-dns=%s", RANDOM_PICK(random, counts));
}

/* The issuer's name is the subject's, or only nearly. */
static void
composed_name(struct random *random)
{
    static const struct {
        const char *subject, *issuer;
    } pairs[] = {
        {"O=Acme,CN=%s", NULL},
        {"O=Acme+OU=Eins,CN=%s", NULL},
        {"O=Acme+OU=Eins,CN=%s", "OU=Eins+O=Acme,CN=%s"},
        {"O=Acme,CN=%s", "CN=%s,O=Acme"},
        {"O=Acme,CN=%s", "O=ACME,CN=%s"},
        {"O=Acme,CN=%s", "O=printable:Acme,CN=%s"},
        {"\"O=Acme Inc,CN=%s\"", "\"O=Acme  Inc,CN=%s\""},
        {"O=Acme,O=Acme,CN=%s", "O=Acme,CN=%s"},
        {"DC=example,DC=acme,CN=%s", NULL},
        {"DC=example,DC=acme,CN=%s", "DC=EXAMPLE,DC=acme,CN=%s"},
        {"CN=%s,emailAddress=ca@acme.example", NULL},
        {"O=Ärger,CN=%s", "O=ÄRGER,CN=%s"},
        {"O=Ärger,CN=%s", NULL},
        {"C=DE,O=t61:Acme,CN=%s", "C=DE,O=Acme,CN=%s"},
    };
    size_t pair = (size_t)random_below(random, sizeof pairs / sizeof pairs[0]);
    struct node *issuer = random_authority(random);
    const char *percent = strstr(pairs[pair].subject, "%s");
    issuer->subject = mtl_arena_printf(random->arena, "%.*s%s%s", (int)(percent - pairs[pair].subject),
                                       pairs[pair].subject, issuer->name, percent + 2);
    if (pairs[pair].issuer == NULL)
        return;
    percent = strstr(pairs[pair].issuer, "%s");
    for (size_t i = 0; i < random->chain_count; i++)
        if (random->nodes[random->chain[i]].issuer == issuer->name)
            random->nodes[random->chain[i]].issuer_name =
                mtl_arena_printf(random->arena, "%.*s%s%s", (int)(percent - pairs[pair].issuer), pairs[pair].issuer,
                                 issuer->name, percent + 2);
}

static void
authority_as_leaf(struct random *random)
{
    struct node *leaf = random_leaf(random);
    leaf->basic = "ca";
    leaf->ku = RANDOM_PICK(random, ((const char *const[]){NULL, "keyCertSign,cRLSign", "digitalSignature",
                                                          "digitalSignature,keyCertSign,cRLSign"}));
}

static void
other_malformed(struct random *random)
{
    static const char *const words[] = {
        "malformed=freshest",
        "malformed=addresses",
        "malformed=systems",
        "malformed=nocheck",
        "malformed=san noncritical=san",
        "raw-freshest=3000",
        "raw-aia=3000",
        "raw-ian=30028200",
        "raw-san=300b820961c3a42e6578616d70",
        "raw-san=300687040a000001",
        "raw-san=300587030a0000",
        "raw-san=30088206612e622e632e",
        "raw-eku=300a06082b06010505070301",
        "raw-bc=30030101ff noncritical=bc",
        "raw-ski=0401ff",
    };
    random_word(random, &random_any(random)->more, "%s", RANDOM_PICK(random, words));
}

/* Kinds and sizes that other faults give one certificate only. */
static void
keys_of_all(struct random *random)
{
    static const char *const keys[] = {"rsa:2048#%zu", "rsa:3072#0", "ec:P-384#%zu", "ec:P-521#%zu", "ed448#0"};
    const char *format = RANDOM_PICK(random, keys);
    for (size_t i = 0; i < random->chain_count; i++) {
        const char *percent = strchr(format, '%');
        random->nodes[random->chain[i]].key =
            percent == NULL ? format
                            : mtl_arena_printf(random->arena, "%.*s%zu", (int)(percent - format), format, i % 2);
    }
}

/* ---- names of hosts ------------------------------------------------------------------------------------------- */

static void
further_host(struct random *random)
{
    static const char *const hosts[] = {
        "localhost",        "10.0.0.1",          "::1",         "a-b.payments.example",   "1.example",
        "-a.example",       "a_b.example",       "127.0.0.1",   "xn--80ak6aa92e.example", "payments.example",
        "Payments.Example", "a.b.c.d.e.example", "192.0.2.010",
    };
    static const char *const names[] = {
        "dns=localhost",
        "dns=*.payments.example",
        "ip=10.0.0.1",
        "dns=10.0.0.1",
        "ip=::1",
        "dns=*",
        "dns=1.example",
        "dns=*.example",
        "dns=-a.example",
        "dns=a_b.example",
        "dns=a*.example",
        "uri=https://payments.example/",
        "email=a@acme.example",
        "dns=xn--80ak6aa92e.example",
        "dns=*.b.c.d.e.example",
        "ip=127.0.0.1",
        "san=iphex:00000000000000000000ffff7f000001",
        "dns=payments.example",
        "san=dir:CN=payments.example",
        "san=other:payments.example",
        "rid=1.2.3.4",
        "dns=PAYMENTS.example",
    };
    struct node *leaf = random_leaf(random);
    if (random->result.subject == MTL_SERVER)
        random->result.host = RANDOM_PICK(random, hosts);
    leaf->more = (struct mtl_text){.arena = random->arena};
    while (random_chance(random, 75))
        random_word(random, &leaf->more, "%s", RANDOM_PICK(random, names));
    if (random->result.host != NULL && random_chance(random, 30))
        leaf->subject = mtl_arena_printf(random->arena, "CN=%s", random->result.host);
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

static void
leaf_alone(struct random *random)
{
    random->presented.count = 1;
}

/* Whoever set this up took the key of another certificate. */
static void
key_of_another(struct random *random)
{
    struct node *other = random_node(random, "other");
    if (random_chance(random, 70))
        other->key = random_leaf(random)->key;
    if (strncmp(other->key, "ec:P-256#", 9) == 0)
        other->key = "ec:P-256#63";
    random->result.key_of = other->name;
}

static void
no_certificate(struct random *random)
{
    random->result.withheld = random->result.subject == MTL_CLIENT;
}

static void
optional(struct random *random)
{
    random->result.optional = random->result.subject == MTL_CLIENT;
}

static void
broken_block(struct random *random)
{
    if (random_chance(random, 70))
        items_insert(random, &random->trusted, "garbage");
    else
        items_insert(random, &random->presented, "garbage");
}

static void
crowd_of_roots(struct random *random)
{
    for (unsigned left = 1 + (unsigned)random_below(random, 6); left > 0 && random->count + 6 < RANDOM_MAX_NODES;
         left--) {
        struct node *root = random_node(random, "crowd");
        root->basic = random_chance(random, 80) ? "ca" : NULL;
        if (random_chance(random, 20))
            root->not_after = random->result.now - 1;
        items_add(&random->trusted, root->name);
    }
    items_shuffle(random, &random->trusted, 0);
}

static void
all_known(struct random *random)
{
    for (size_t i = 1; i < random->chain_count; i++)
        items_insert(random, &random->presented, random->nodes[random->chain[i]].name);
    for (size_t i = 1; i + 1 < random->chain_count; i++)
        items_add(&random->trusted, random->nodes[random->chain[i]].name);
    items_shuffle(random, &random->trusted, 0);
}

const struct fault random_wider_faults[] = {
    {"serial number", 5, serial_number},
    {"form of dates", 2, form_of_dates},
    {"criticality", 4, criticality},
    {"policies", 5, policies},
    {"many names", 2, many_names},
    {"composed name", 6, composed_name},
    {"authority as leaf", 4, authority_as_leaf},
    {"other malformed", 5, other_malformed},
    {"keys of all", 5, keys_of_all},
    {"further host", 8, further_host},
    {"leaf alone", 3, leaf_alone},
    {"key of another", 4, key_of_another},
    {"no certificate", 3, no_certificate},
    {"optional", 3, optional},
    {"broken block", 4, broken_block},
    {"crowd of roots", 4, crowd_of_roots},
    {"all known", 4, all_known},
    {0},
};
