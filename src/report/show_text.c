/*
 * What a file or directory holds, for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/report.h"
#include "report/show.h"

#include <string.h>

#define LONGEST_TEXT 400 /* octets of a name shown; JSON has it whole */

static const char *
shortened(struct mtl_arena *arena, const char *text)
{
    return strlen(text) <= LONGEST_TEXT ? text : mtl_text_safe(arena, mtl_slice_text(text), LONGEST_TEXT);
}

static void
field(struct mtl_page *page, const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0')
        mtl_page_field(page, label, MTL_INK_PLAIN, shortened(page->text.arena, text));
}

static const char *
joined(struct mtl_arena *arena, const struct mtl_words *words)
{
    struct mtl_text text = {.arena = arena};

    for (size_t i = 0; i < words->count; i++)
        mtl_text_printf(&text, "%s%s", i > 0 ? ", " : "", words->items[i]);
    return text.text;
}

/* "chain.pem:12  certificate 2 of 3" */
static void
heading(struct mtl_page *page, const struct mtl_source *source, const char *what, const char *more)
{
    mtl_page_end_line(page);
    mtl_page_add(page, MTL_INK_CYAN, mtl_place_text(page->text.arena, source));
    mtl_page_add(page, MTL_INK_BOLD, mtl_arena_printf(page->text.arena, "  %s", what));
    mtl_page_add(page, MTL_INK_DIM, more);
    mtl_page_end_line(page);
}

static const char *
label_remark(struct mtl_arena *arena, const struct mtl_source *source, const char *usual)
{
    return strcmp(source->label, usual) == 0 ? "" : mtl_arena_printf(arena, "  (%s)", source->label);
}

/* ---- certificates ----------------------------------------------------------------------------------------------- */

static void
add_names(struct mtl_page *page, const struct mtl_cert *cert)
{
    struct mtl_arena *arena = page->text.arena;
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    struct mtl_text text = {.arena = arena};

    for (size_t count = 0; text.size <= LONGEST_TEXT && mtl_general_names_next(&names, &name); count++)
        mtl_text_printf(&text, "%s%s %s", count > 0 ? ", " : "", mtl_general_name_kind(name.type),
                        mtl_general_name_text(arena, &name));
    field(page, "names", text.text);
}

static const char *
ca_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    if (!cert->is_ca)
        return mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS) ? "no" : NULL;
    if (cert->path_length < 0)
        return "yes";
    return mtl_arena_printf(arena, "yes, with at most %d intermediate%s below it", (int)cert->path_length,
                            cert->path_length == 1 ? "" : "s");
}

static void
add_trust(struct mtl_page *page, const struct mtl_aux_trust *aux)
{
    struct mtl_words trust = mtl_purpose_words(aux->trust), reject = mtl_purpose_words(aux->reject);

    if (aux->has_trust)
        field(page, "trusted for", trust.count > 0 ? joined(page->text.arena, &trust) : "nothing");
    field(page, "rejected for", joined(page->text.arena, &reject));
}

static const char *
malformed_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    static const char *const names[MTL_EXT_COUNT] = {"basicConstraints",
                                                     "keyUsage",
                                                     "extKeyUsage",
                                                     "subjectAltName",
                                                     "issuerAltName",
                                                     "subjectKeyIdentifier",
                                                     "authorityKeyIdentifier",
                                                     "nameConstraints",
                                                     "certificatePolicies",
                                                     "policyMappings",
                                                     "policyConstraints",
                                                     "inhibitAnyPolicy",
                                                     "cRLDistributionPoints",
                                                     "freshestCRL",
                                                     "authorityInfoAccess",
                                                     "nsCertType",
                                                     "proxyCertInfo",
                                                     "ipAddrBlocks",
                                                     "autonomousSysIds",
                                                     "ocspNoCheck",
                                                     "tlsFeature",
                                                     "sctList"};
    struct mtl_text text = {.arena = arena};

    for (size_t i = 0; i < MTL_EXT_COUNT; i++) {
        if ((cert->malformed >> i & 1) != 0)
            mtl_text_printf(&text, "%s%s", text.size > 0 ? ", " : "", names[i]);
    }
    return text.text;
}

static void
add_cert(struct mtl_page *page, const struct mtl_loaded_cert *loaded, size_t total)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_cert *cert = loaded->cert;
    struct mtl_words usage = mtl_key_usage_words(cert->key_usage);
    struct mtl_words purposes = mtl_purpose_words(cert->extended_key_usage);

    heading(page, &loaded->source, mtl_arena_printf(arena, "certificate %u of %zu", loaded->source.ordinal, total),
            label_remark(arena, &loaded->source, "CERTIFICATE"));
    field(page, "subject", mtl_subject_text(arena, cert));
    field(page, "issuer", cert->self_issued ? "itself" : mtl_issuer_text(arena, cert));
    field(page, "valid", mtl_validity_text(arena, cert));
    add_names(page, cert);
    field(page, "CA", ca_text(arena, cert));
    field(page, "key usage", joined(arena, &usage));
    field(page, "purposes", joined(arena, &purposes));
    add_trust(page, &loaded->aux);
    field(page, "key", mtl_key_text(arena, &cert->key));
    field(page, "signature", mtl_signature_algorithm_text(arena, &cert->signature_algorithm));
    field(page, "key id", mtl_octets_text(arena, mtl_cert_bytes(cert, cert->subject_key_id)));
    field(page, "issuer's key id", mtl_octets_text(arena, mtl_cert_bytes(cert, cert->authority_key_id)));
    field(page, "serial", mtl_octets_text(arena, mtl_cert_bytes(cert, cert->serial)));
    field(page, "malformed", malformed_text(arena, cert));
    mtl_page_field_verbatim(page, "SHA-256", mtl_fingerprint_text(arena, cert));
}

/* ---- keys, CRLs, notes ------------------------------------------------------------------------------------------ */

static void
add_key(struct mtl_page *page, const struct mtl_loaded_key *loaded)
{
    struct mtl_arena *arena = page->text.arena;

    heading(page, &loaded->source, "private key", mtl_arena_printf(arena, "  (%s)", loaded->key->format));
    field(page, "key", loaded->key->encrypted ? "encrypted, so not looked at" : mtl_key_text(arena, &loaded->key->key));
}

static void
add_crl(struct mtl_page *page, const struct mtl_loaded_crl *loaded)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_crl *crl = loaded->crl;
    char from[MTL_TIME_TEXT_SIZE], until[MTL_TIME_TEXT_SIZE];

    heading(page, &loaded->source, crl->is_delta ? "delta CRL" : "CRL",
            label_remark(arena, &loaded->source, "X509 CRL"));
    field(page, "issuer", mtl_name_text(arena, mtl_crl_bytes(crl, crl->issuer)));
    field(page, "issued", mtl_time_text(crl->this_update, from));
    field(page, "next due", crl->has_next_update ? mtl_time_text(crl->next_update, until) : "not said");
    field(page, "revokes",
          mtl_arena_printf(arena, "%u certificate%s", crl->revoked_count, crl->revoked_count == 1 ? "" : "s"));
    field(page, "signature", mtl_signature_algorithm_text(arena, &crl->signature_algorithm));
    field(page, "issuer's key id", mtl_octets_text(arena, crl->authority.key_id));
}

static void
add_note(struct mtl_page *page, const struct mtl_note *note)
{
    heading(page, &note->source, "note", "");
    mtl_page_field(page, "", MTL_INK_YELLOW, note->message);
    if (note->fatal)
        mtl_page_field(page, "", MTL_INK_PLAIN, "OpenSSL loads nothing from this file.");
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static void
add_count(struct mtl_text *text, size_t count, const char *what)
{
    if (count > 0)
        mtl_text_printf(text, "%s%zu %s%s", text->size > 0 ? ", " : "", count, what, count == 1 ? "" : "s");
}

static void
add_summary(struct mtl_page *page, const struct mtl_material *material)
{
    struct mtl_arena *arena = page->text.arena;
    struct mtl_text text = {.arena = arena};

    add_count(&text, material->cert_count, "certificate");
    add_count(&text, material->key_count, "private key");
    add_count(&text, material->crl_count, "CRL");
    add_count(&text, material->note_count, "note");
    mtl_page_add(page, MTL_INK_BOLD, mtl_text_safe(arena, mtl_slice_text(material->path), 0));
    mtl_page_add(page, MTL_INK_PLAIN, material->is_hashed ? ": a hashed directory with " : ": ");
    mtl_page_add(page, MTL_INK_PLAIN, text.size > 0 ? text.text : "nothing");
    mtl_page_end_line(page);
}

/* How many certificates the file of this one has: the ordinal of the last of them. */
static size_t
total_in_file(const struct mtl_material *material, const struct mtl_loaded_cert *loaded)
{
    size_t last = (size_t)(loaded - material->certs);

    if (!material->is_directory)
        return material->cert_count;
    while (last + 1 < material->cert_count && material->certs[last + 1].source.path == loaded->source.path)
        last++;
    return material->certs[last].source.ordinal;
}

bool
mtl_show_text(struct mtl_arena *arena, const struct mtl_material *material, const struct mtl_report_options *options,
              mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);
    size_t count;
    const struct mtl_show_item *items = mtl_show_items(arena, material, &count);

    add_summary(&page, material);
    for (size_t i = 0; i < count; i++) {
        if (items[i].cert != NULL)
            add_cert(&page, items[i].cert, total_in_file(material, items[i].cert));
        else if (items[i].key != NULL)
            add_key(&page, items[i].key);
        else if (items[i].crl != NULL)
            add_crl(&page, items[i].crl);
        else
            add_note(&page, items[i].note);
    }
    return mtl_page_write(&page, write, context);
}
