/*
 * A corrected bundle, for a person.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/info_access.h"
#include "report/mended.h"
#include "report/report.h"
#include "report/show.h"

#include <string.h>

/* Of the things that are not copied, and of the findings that remain. */
#define MAX_SHOWN 10U

static void
field(struct mtl_page *page, const char *label, const char *text)
{
    mtl_page_field(page, label, MTL_INK_PLAIN, text);
}

/* "certs/api.pem:29, certificate 2 of 4" */
static const char *
place(struct mtl_arena *arena, const struct mtl_mended *mended, const struct mtl_loaded_cert *cert)
{
    const char *text = mtl_place_text(arena, &cert->source);

    if (strcmp(cert->source.path, mended->original->path) != 0)
        return text;
    return mtl_arena_printf(arena, "%s, certificate %u of %zu", text, cert->source.ordinal,
                            mended->original->cert_count);
}

static void
add_change(struct mtl_page *page, const struct mtl_mended *mended, const struct mtl_change *change)
{
    struct mtl_arena *arena = page->text.arena;
    const char *label = mtl_change_text(change->kind);
    const char *text = mtl_arena_printf(arena, "%s (%s)", mtl_subject_label(arena, change->cert->cert),
                                        place(arena, mended, change->cert));

    if (change->kind == MTL_CHANGE_REMOVED)
        text = mtl_arena_printf(arena, "%s: %s", text, mtl_removal_text(arena, change));
    else
        label = mtl_arena_printf(arena, "%zu %s", change->position, label);
    field(page, label, text);
}

static void
add_left_out(struct mtl_page *page, const struct mtl_mended *mended)
{
    struct mtl_arena *arena = page->text.arena;
    size_t count;
    const struct mtl_left_out *items = mtl_mended_left_out(arena, mended, &count);

    for (size_t i = 0; i < count && i < MAX_SHOWN; i++)
        field(page, "not copied",
              mtl_arena_printf(arena, "%s: %s", mtl_place_text(arena, &items[i].source), items[i].what));
    if (count > MAX_SHOWN)
        field(page, "", mtl_arena_printf(arena, "and %zu more", count - MAX_SHOWN));
}

static void
add_gone(struct mtl_page *page, const struct mtl_mended *mended)
{
    struct mtl_text text = {.arena = page->text.arena};

    for (size_t i = 0; i < mended->gone_count; i++) {
        const struct mtl_rule *rule = mended->gone[i]->rule;
        bool is_said = false;

        for (size_t j = 0; j < i; j++)
            is_said |= mended->gone[j]->rule == rule;
        if (!is_said)
            mtl_text_printf(&text, "%s%s %s", text.size > 0 ? ", " : "", rule->code, rule->name);
    }
    if (text.size > 0)
        field(page, "mends", text.text);
}

static void
add_left(struct mtl_page *page, const struct mtl_mended *mended)
{
    struct mtl_arena *arena = page->text.arena;

    for (size_t i = 0; i < mended->left_count && i < MAX_SHOWN; i++)
        field(page, i == 0 ? "remains" : "",
              mtl_arena_printf(arena, "%s[%s]: %s", mtl_severity_text(mended->left[i]->severity),
                               mended->left[i]->rule->code, mended->left[i]->message));
    if (mended->left_count > MAX_SHOWN)
        field(page, "", mtl_arena_printf(arena, "and %zu more", mended->left_count - MAX_SHOWN));
}

/* ---- the proof ------------------------------------------------------------------------------------------------ */

static const char *
outcome(const struct mtl_reception *reception)
{
    if (reception->outcome == MTL_ESTABLISHED)
        return "accepts it";
    return reception->outcome == MTL_UNDETERMINED ? "cannot be told" : mtl_reason_sentence(reception->reason);
}

static void
add_proof(struct mtl_page *page, const struct mtl_mended *mended)
{
    struct mtl_arena *arena = page->text.arena;
    size_t count = mended->reception_count;
    const struct mtl_reception *before = mtl_reception_of(mended->before, count, mended->stack);
    const struct mtl_reception *after = mtl_reception_of(mended->after, count, mended->stack);
    char time[MTL_TIME_TEXT_SIZE];
    const char *trust =
        mended->trust != NULL ? mtl_text_safe(arena, mtl_slice_text(mended->trust), 0) : "the roots in these files";

    mtl_time_text(mended->now, time);
    field(page, "judged",
          mtl_arena_printf(arena, "as a %s's%s, at %s%s%s", mended->role == MTL_CLIENT ? "client" : "server",
                           mended->role_known ? "" : " (--role was not given)", time,
                           count > 0 ? ", by peers that trust " : ", by the rules alone: no root is known",
                           count > 0 ? trust : ""));
    if (before != NULL && after != NULL)
        field(page, mended->stack->id, mtl_arena_printf(arena, "before: %s; now: %s", outcome(before), outcome(after)));
    if (count > 0)
        field(page, "all stacks",
              mtl_arena_printf(arena, "%zu of %zu accepted it before, %zu do now",
                               mtl_receptions_accepted(mended->before, count), count,
                               mtl_receptions_accepted(mended->after, count)));
    if (mtl_mended_assumes_root(mended))
        field(page, "assumed",
              mtl_arena_printf(arena,
                               "%s, the issuer of %s, is in none of the files: it is taken for a root (--trust tells)",
                               mtl_issuer_text(arena, mended->top->cert), mtl_subject_label(arena, mended->top->cert)));
}

/* ---- failures ------------------------------------------------------------------------------------------------- */

static void
add_missing(struct mtl_page *page, const struct mtl_mended *mended)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_cert *cert = mended->top->cert;
    struct mtl_slice location = mtl_cert_issuer_location(cert);

    field(page, "issuer of",
          mtl_arena_printf(arena, "%s (%s)", mtl_subject_label(arena, cert), place(arena, mended, mended->top)));
    field(page, "wanted", mtl_issuer_text(arena, cert));
    if (cert->authority_key_id.size > 0)
        field(page, "its key id", mtl_octets_text(arena, mtl_cert_bytes(cert, cert->authority_key_id)));
    if (location.size > 0)
        mtl_page_field_verbatim(page, "to be had at", mtl_text_safe(arena, location, 0));
    field(page, "what to do",
          location.size > 0 ? "fetch it from there, or ask the authority; then give the file with --also"
                            : "ask the authority for it; then give the file with --also");
    if (mended->trust != NULL)
        field(page, "",
              mtl_arena_printf(arena, "(if it is a root, %s would have to trust it: no bundle changes that)",
                               mtl_text_safe(arena, mtl_slice_text(mended->trust), 0)));
}

static void
add_untrusted(struct mtl_page *page, const struct mtl_mended *mended)
{
    struct mtl_arena *arena = page->text.arena;

    field(page, "not trusted",
          mtl_arena_printf(arena, "%s (%s)", mtl_subject_text(arena, mended->untrusted->cert),
                           mtl_place_text(arena, &mended->untrusted->source)));
    field(page, "what to do", "ask those who trust to trust it too, or for a certificate of an authority they trust");
}

static void
add_failure(struct mtl_page *page, const struct mtl_mended *mended)
{
    struct mtl_arena *arena = page->text.arena;

    mtl_page_words(page, MTL_INK_BOLD, 0,
                   mtl_arena_printf(arena, "%s cannot be made right: %s",
                                    mtl_text_safe(arena, mtl_slice_text(mended->original->path), 0),
                                    mtl_mend_failure_text(arena, mended)));
    mtl_page_end_line(page);
    if (mended->failure == MTL_MEND_MISSING_ISSUER)
        add_missing(page, mended);
    if (mended->failure == MTL_MEND_WIDER_TRUST)
        add_untrusted(page, mended);
    add_left(page, mended);
    add_proof(page, mended);
    field(page, "written", "nothing");
}

/* Of what was done; %s is the bundle's path. */
static const char *
headline(const struct mtl_mended *mended)
{
    if (!mended->is_needless)
        return "%s made right: the leaf first, then its issuers";
    return mtl_mended_assumes_root(mended) ? "%s is in the right order; whether an issuer is missing cannot be told"
                                           : "%s holds the right certificates in the right order";
}

bool
mtl_report_mended_text(struct mtl_arena *arena, const struct mtl_mended *mended,
                       const struct mtl_report_options *options, mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);
    const char *path = mtl_text_safe(arena, mtl_slice_text(mended->original->path), 0);

    if (mended->failure != MTL_MEND_DONE) {
        add_failure(&page, mended);
        return mtl_page_write(&page, write, context);
    }
    mtl_page_words(&page, MTL_INK_BOLD, 0, mtl_arena_printf(arena, headline(mended), path));
    mtl_page_end_line(&page);
    for (size_t i = 0; i < mended->change_count; i++)
        add_change(&page, mended, &mended->changes[i]);
    if (mended->key != NULL)
        field(&page, "key",
              mtl_arena_printf(arena, "%s fits %s", mtl_text_safe(arena, mtl_slice_text(mended->key), 0),
                               mtl_subject_label(arena, mended->result->certs[0].cert)));
    add_left_out(&page, mended);
    add_gone(&page, mended);
    add_left(&page, mended);
    add_proof(&page, mended);
    if (mended->output != NULL)
        field(&page, "written",
              mtl_arena_printf(arena, "%s%s", mtl_text_safe(arena, mtl_slice_text(mended->output), 0),
                               mended->is_needless ? ", with the same certificates" : ""));
    return mtl_page_write(&page, write, context);
}
