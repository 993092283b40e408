/* Faults around certificates for random chains: names, constraints, CRLs, bundles, stores, limits; and the choice.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "support/random_parts.h"

#define DAY (24 * 3600)

/* ---- names ---------------------------------------------------------------------------------------------------- */

static void
other_host(struct random *random)
{
    static const char *const hosts[] = {
        "payments.example",    "other.example",        "a.payments.example",
        "PAYMENTS.example",    "payments.example.",    "example",
        "192.0.2.10",          "2001:db8::1",          "xn--bcher-kva.example",
        "under_score.example", "a.b.payments.example", ".example",
        "*.example",
    };
    static const char *const names[] = {
        "dns=*.example",
        "dns=*.payments.example",
        "dns=pay*.example",
        "dns=*ments.example",
        "dns=p*s.example",
        "dns=*",
        "dns=*.*.example",
        "dns=payments.*",
        "ip=192.0.2.10",
        "ip=2001:db8::1",
        "dns=192.0.2.10",
        "dns=xn--*.example",
        "dns=PAYMENTS.EXAMPLE",
        "dns=payments.example.",
        "dns=.example",
        "email=a@payments.example",
        "uri=http://payments.example/",
        "san=iphex:c00002",
        "dns=xn--bcher-kva.example",
        "dns=*.example.",
        "subject=CN=payments.example",
        "san=raw:82117061796d656e74732e6578616d706c6500",
        "subject=CN=hex:0c117061796d656e74732e6578616d706c6500",
        "dns=pay*ments*.example",
        "dns=**.example",
        "dns=*-a.example",
        "dns=xn--p*.example",
        "dns=under_score.example",
        "dns=a.b.payments.example",
    };
    struct node *leaf = random_leaf(random);
    random->result.host = RANDOM_PICK(random, hosts);
    leaf->more = (struct mtl_text){.arena = random->arena};
    while (random_chance(random, 70)) {
        const char *name = RANDOM_PICK(random, names);
        if (strncmp(name, "subject=", 8) == 0)
            leaf->subject = name + 8;
        else
            random_word(random, &leaf->more, "%s", name);
    }
    if (random_chance(random, 40))
        leaf->subject = mtl_arena_printf(random->arena, "CN=%s", random->result.host);
}

/* ---- name constraints ----------------------------------------------------------------------------------------- */

static const char *const subtrees[] = {
    "dns:example",
    "dns:.example",
    "dns:payments.example",
    "dns:other.example",
    "dns:EXAMPLE",
    "dns:",
    "dns:a..b",
    "dns:ayments.example",
    "dns:.payments.example",
    "email:acme.example",
    "email:.acme.example",
    "email:a@acme.example",
    "email:A@acme.example",
    "email:b@acme.example",
    "email:",
    "email:@acme.example",
    "uri:acme.example",
    "uri:.acme.example",
    "uri:ACME.example",
    "uri:",
    "uri:http://acme.example/",
    "ip:10.0.0.0/8",
    "ip:192.0.2.0/24",
    "ip:2001:db8::/32",
    "ip:0.0.0.0/0",
    "iphex:01020304",
    "iphex:0102030405060708090a",
    "dir:O=Acme",
    "dir:O=acme",
    "dir:O=Else",
    "dir:empty",
    "dir:CN=payments.example",
    "rid:1.2.3",
    "other:x",
    "dir:CN=leaf1",
    "iphex:c0000200ffff00ff",
};
static const char *const subjects[] = {
    "O=Acme,CN=payments.example",
    "O=Acme",
    "O=Else,CN=x",
    "CN=payments.example",
    "CN=not-a-host-name!",
    "empty",
    "CN=x,emailAddress=a@acme.example",
    "CN=x,emailAddress=b@else.example",
    "O=ACME,CN=x",
    "CN=*.example",
    "CN=under_score.example",
    "CN=a..b",
    "CN=-a.example",
    "CN=bmp:payments.example",
    "CN=a.example,CN=other.example",
    "CN=utf8:a.example.",
    "CN=192.0.2.10",
    "\"CN=payments example\"",
    "CN=nodots",
    "CN=x,emailAddress=noat",
};
static const char *const leaf_names[] = {
    "dns=payments.example",
    "dns=a.payments.example",
    "dns=*.example",
    "dns=other.example",
    "dns=.example",
    "ip=10.1.2.3",
    "ip=192.0.2.10",
    "ip=2001:db8::1",
    "email=a@acme.example",
    "email=a@b.acme.example",
    "email=noat",
    "email=A@ACME.EXAMPLE",
    "email=@acme.example",
    "email=a@",
    "uri=http://acme.example/x",
    "uri=http://ACME.example",
    "uri=spiffe://a.acme.example/orders",
    "uri=http://u@acme.example:80/",
    "uri=urn:x",
    "uri=http://",
    "uri=http:///x",
    "uri=http://[::1]/",
    "san=dir:O=Acme",
    "san=dir:O=Acme,CN=x",
    "san=dir:O=Else",
    "rid=1.2.3",
    "san=other:x",
    "san=iphex:0102",
    "uri=http://acme.example:",
    "san=raw:a01c06082b06010505070809a0100c0e614061636d652e6578616d706c65",
    "dns=",
    "dns=payments.example.",
};

/* A name of the type that a subtree constrains: most others would pass unseen. */
static const char *
name_for(struct random *random, const char *subtree)
{
    const char *name;
    for (int tries = 0; tries < 40; tries++) {
        name = RANDOM_PICK(random, leaf_names);
        if (strncmp(strncmp(name, "san=", 4) == 0 ? name + 4 : name, subtree, 2) == 0)
            return name;
    }
    return name;
}

static void
name_constraints(struct random *random)
{
    static const char *const bounds[] = {"", "", "", "", "", "", "", "", "", "@min=1", "@max=0", "@min=0", "@max=3"};
    struct node *leaf = random_leaf(random);
    if (random_chance(random, 40)) {
        leaf->more = (struct mtl_text){.arena = random->arena};
        random->result.host = NULL;
    }
    do {
        struct node *node = random_authority(random);
        const char *subtree = RANDOM_PICK(random, subtrees);
        random_word(random, &node->more, "%s=%s%s", random_chance(random, 60) ? "permit" : "exclude", subtree,
                    RANDOM_PICK(random, bounds));
        if (random_chance(random, 70))
            random_word(random, &leaf->more, "%s", name_for(random, subtree));
    } while (random_chance(random, 40));
    if (random_chance(random, 50))
        leaf->subject = RANDOM_PICK(random, subjects);
    while (random_chance(random, 20))
        random_word(random, &leaf->more, "%s", RANDOM_PICK(random, leaf_names));
    if (random_chance(random, 15))
        random_word(random, &random_any(random)->more, "%s", RANDOM_PICK(random, leaf_names));
}

/* ---- revocation ----------------------------------------------------------------------------------------------- */

static struct crl *
any_crl(struct random *random)
{
    random->result.check_revocation = true;
    if (random->crl_count == 0) {
        for (size_t i = random->chain_count > 1 ? 1 : 0; i < random->chain_count; i++)
            items_add(&random->revocation, random_crl(random, &random->nodes[random->chain[i]])->name);
    }
    return &random->crls[random_below(random, random->crl_count)];
}

static void
crl_missing(struct random *random)
{
    const struct crl *crl = any_crl(random);
    items_remove(&random->revocation, crl->name);
    items_remove(&random->trusted, crl->name);
}

static void
crl_words(struct random *random)
{
    static const char *const words[] = {
        "bad-signature",
        "unknown-critical",
        "idp=ca",
        "idp=user",
        "idp=attribute",
        "idp=indirect",
        "idp=reasons",
        "idp=ca,user",
        "malformed-idp",
        "delta=1",
        "aki=wrong",
        "aki=none",
        "number=none",
        "no-next",
        "idp-uri=http://a.example/",
        "idp-uri=http://b.example/",
        "critical-ext=2.5.29.20:020101",
        "idp-uri=http://a.example/ idp=ca",
        "issuer-name=CN=nobody",
    };
    struct crl *crl = any_crl(random);
    random_word(random, &crl->more, "%s", RANDOM_PICK(random, words));
    if (random_chance(random, 30))
        random_word(random, &random_any(random)->more, "crldp=uri:http://a.example/");
}

static void
crl_dates(struct random *random)
{
    char text[MTL_TIME_TEXT_SIZE];
    struct crl *crl = any_crl(random);
    mtl_time now = random->result.now;
    unsigned kind = (unsigned)random_below(random, 3);

    if (kind == 0)
        random_word(random, &crl->more, "next=%s", mtl_time_text(now - 1 - (mtl_time)random_below(random, DAY), text));
    if (kind == 1)
        random_word(random, &crl->more, "this=%s", mtl_time_text(now + 1 + (mtl_time)random_below(random, DAY), text));
    if (kind == 2)
        random_word(random, &crl->more, "%s=%s", random_chance(random, 50) ? "this" : "next",
                    mtl_time_text(now + (mtl_time)random_below(random, 3) - 1, text));
}

/* Several CRLs of one issuer, with different dates and contents. */
static void
crl_twice(struct random *random)
{
    char text[MTL_TIME_TEXT_SIZE];
    const struct crl *first = any_crl(random);
    const struct node issuer = {.name = first->issuer};
    struct crl *crl = random_crl(random, &issuer);
    mtl_time now = random->result.now;

    random_word(random, &crl->more, "this=%s", mtl_time_text(now - (mtl_time)random_below(random, 300 * DAY), text));
    if (random_chance(random, 50))
        random_word(random, &crl->more, "next=%s", mtl_time_text(now - (mtl_time)random_below(random, DAY), text));
    if (random_chance(random, 50))
        random_word(random, &crl->more, "revoked=%s", random_any(random)->name);
    items_insert(random, random_chance(random, 50) ? &random->revocation : &random->trusted, crl->name);
    if (random_chance(random, 50))
        items_shuffle(random, &random->revocation, 0);
}

static void
revoked(struct random *random)
{
    static const char *const reasons[] = {"", "", " reason=1", " reason=4", " reason=8", " reason=6"};
    struct crl *crl = any_crl(random);
    random_word(random, &crl->more, "revoked=%s%s", random_any(random)->name, RANDOM_PICK(random, reasons));
}

static void
crl_signer(struct random *random)
{
    struct crl *crl = any_crl(random);
    if (random_chance(random, 50))
        random_word(random, &crl->more, "signed-by=%s", random_any(random)->name);
    else
        random_authority(random)->ku = "keyCertSign";
}

/* ---- bundles, stores, limits ---------------------------------------------------------------------------------- */

static void
drop_presented(struct random *random)
{
    if (random->presented.count > 1)
        items_remove(&random->presented, random_authority(random)->name);
}

static void
other_anchors(struct random *random)
{
    unsigned kind = (unsigned)random_below(random, 4);
    if (kind != 3)
        random->trusted.count = 0;
    if (kind == 1)
        items_add(&random->trusted, random_any(random)->name);
    if (kind >= 2)
        for (size_t i = 0; i + 1 < random->chain_count; i++)
            if (random_chance(random, 50))
                items_add(&random->trusted, random->nodes[random->chain[i]].name);
    items_shuffle(random, &random->trusted, 0);
}

static void
root_sent_untrusted(struct random *random)
{
    const char *root = random->nodes[random->chain[random->chain_count - 1]].name;
    items_remove(&random->trusted, root);
    items_remove(&random->presented, root);
    if (random->chain_count == 1)
        items_add(&random->presented, root);
    else
        items_insert(random, &random->presented, root);
}

static void
auxiliary_trust(struct random *random)
{
    static const char *const settings[] = {
        "+trust=serverAuth",
        "+trust=clientAuth",
        "+reject=serverAuth",
        "+reject=clientAuth",
        "+trust=serverAuth,clientAuth",
        "+trust=emailProtection",
        "+trust=any",
        "+reject=any",
        "+trust=nothing",
        "+trust=serverAuth+reject=clientAuth",
        "+reject=emailProtection",
        "+trust=any+reject=serverAuth",
        "+trust=1.2.3.4",
        "+reject=1.2.3.4",
    };
    const char *name = random_any(random)->name;
    if (random_chance(random, 70))
        items_remove(&random->trusted, name);
    items_add(&random->trusted, mtl_arena_printf(random->arena, "%s%s", name, RANDOM_PICK(random, settings)));
    items_shuffle(random, &random->trusted, 0);
}

static void
depth_limit(struct random *random)
{
    random->result.depth = (int)random_below(random, 4);
}

static void
leaf_lost_its_place(struct random *random)
{
    items_shuffle(random, &random->presented, 0);
}

const struct fault random_surrounding_faults[] = {
    {"host", 12, other_host},
    {"name constraints", 18, name_constraints},
    {"CRL missing", 2, crl_missing},
    {"CRL words", 10, crl_words},
    {"CRL dates", 4, crl_dates},
    {"CRL twice", 4, crl_twice},
    {"revoked", 4, revoked},
    {"CRL signer", 4, crl_signer},
    {"bundle incomplete", 3, drop_presented},
    {"other anchors", 4, other_anchors},
    {"untrusted root sent", 2, root_sent_untrusted},
    {"auxiliary trust", 4, auxiliary_trust},
    {"depth", 3, depth_limit},
    {"leaf not first", 2, leaf_lost_its_place},
    {0},
};

/* ---- the choice ----------------------------------------------------------------------------------------------- */

static const struct fault *
find(const struct fault *faults, uint64_t *dice)
{
    for (; faults->name != NULL; faults++) {
        if (*dice < faults->weight)
            return faults;
        *dice -= faults->weight;
    }
    return NULL;
}

static uint64_t
total_weight(const struct fault *faults)
{
    uint64_t total = 0;
    for (; faults->name != NULL; faults++)
        total += faults->weight;
    return total;
}

static const struct fault *
pick(struct random *random)
{
    uint64_t certificates = total_weight(random_certificate_faults);
    uint64_t surroundings = total_weight(random_surrounding_faults);
    uint64_t dice;

    if (random->wider && random_chance(random, 50)) {
        dice = random_below(random, total_weight(random_wider_faults));
        return find(random_wider_faults, &dice);
    }
    dice = random_below(random, certificates + surroundings);
    const struct fault *fault = find(random_certificate_faults, &dice);
    return fault != NULL ? fault : find(random_surrounding_faults, &dice);
}

void
random_fault(struct random *random)
{
    const struct fault *fault = pick(random);
    fault->put(random);
    mtl_text_printf(&random->faults, "%s%s", random->faults.size > 0 ? ", " : "", fault->name);
}
