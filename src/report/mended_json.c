/*
 * A corrected bundle as JSON: schema "mtlslint/fix/1".
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/info_access.h"
#include "report/json.h"
#include "report/mended.h"
#include "report/report.h"
#include "report/show.h"

static void
set_text(json_t *object, const char *key, struct mtl_arena *arena, const char *text)
{
    json_object_set_new(object, key, mtl_json_text(arena, text));
}

static void
set_number(json_t *object, const char *key, size_t number)
{
    json_object_set_new(object, key, json_integer((json_int_t)number));
}

static json_t *
place_object(struct mtl_arena *arena, const struct mtl_source *source)
{
    json_t *object = json_object();

    json_object_set_new(object, "path", mtl_json_path(arena, source->path));
    set_number(object, "line", source->line);
    set_number(object, "end_line", source->end_line);
    return object;
}

static json_t *
cert_object(struct mtl_arena *arena, const struct mtl_loaded_cert *cert)
{
    json_t *object = json_object();

    if (cert == NULL) {
        json_decref(object);
        return json_null();
    }
    set_text(object, "subject", arena, mtl_subject_text(arena, cert->cert));
    set_text(object, "issuer", arena, mtl_issuer_text(arena, cert->cert));
    set_text(object, "sha256", arena, mtl_fingerprint_text(arena, cert->cert));
    json_object_set_new(object, "place", place_object(arena, &cert->source));
    return object;
}

static json_t *
change_object(struct mtl_arena *arena, const struct mtl_change *change)
{
    json_t *object = json_object();
    bool is_removed = change->kind == MTL_CHANGE_REMOVED;

    set_text(object, "change", arena, mtl_change_text(change->kind));
    json_object_set_new(object, "position",
                        change->position > 0 ? json_integer((json_int_t)change->position) : json_null());
    json_object_set_new(object, "certificate", cert_object(arena, change->cert));
    set_text(object, "reason", arena, is_removed ? mtl_removal_slug(change->removal) : NULL);
    json_object_set_new(object, "instead",
                        change->instead != NULL ? place_object(arena, &change->instead->source) : json_null());
    return object;
}

static json_t *
changes_array(struct mtl_arena *arena, const struct mtl_mended *mended)
{
    json_t *array = json_array();

    for (size_t i = 0; i < mended->change_count; i++)
        json_array_append_new(array, change_object(arena, &mended->changes[i]));
    return array;
}

static json_t *
left_out_array(struct mtl_arena *arena, const struct mtl_mended *mended)
{
    json_t *array = json_array();
    size_t count;
    const struct mtl_left_out *items = mtl_mended_left_out(arena, mended, &count);

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();

        set_text(object, "kind", arena, items[i].kind);
        set_text(object, "message", arena, items[i].what);
        json_object_set_new(object, "place", place_object(arena, &items[i].source));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
issuer_object(struct mtl_arena *arena, const struct mtl_mended *mended, bool is_absent)
{
    const struct mtl_cert *cert;
    struct mtl_slice location;
    json_t *object;

    if (!is_absent)
        return json_null();
    cert = mended->top->cert;
    location = mtl_cert_issuer_location(cert);
    object = json_object();
    set_text(object, "subject", arena, mtl_issuer_text(arena, cert));
    set_text(object, "key_id", arena, mtl_octets_text(arena, mtl_cert_bytes(cert, cert->authority_key_id)));
    set_text(object, "url", arena, location.size == 0 ? NULL : mtl_text_safe(arena, location, 0));
    json_object_set_new(object, "issued", cert_object(arena, mended->top));
    return object;
}

static json_t *
findings_array(struct mtl_arena *arena, const struct mtl_finding *const *findings, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();

        set_text(object, "code", arena, findings[i]->rule->code);
        set_text(object, "name", arena, findings[i]->rule->name);
        set_text(object, "severity", arena, mtl_severity_text(findings[i]->severity));
        set_text(object, "message", arena, findings[i]->message);
        set_text(object, "why", arena, findings[i]->why);
        json_object_set_new(object, "place", place_object(arena, &findings[i]->places[0].source));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
reception_object(struct mtl_arena *arena, const struct mtl_reception *reception)
{
    bool is_rejected = reception->outcome == MTL_HANDSHAKE_REJECTED;
    json_t *object = json_object();

    set_text(object, "outcome", arena,
             reception->outcome == MTL_ESTABLISHED ? "accepted" : mtl_outcome_text(reception->outcome));
    set_text(object, "reason", arena, is_rejected ? mtl_reason_slug(reception->reason) : NULL);
    return object;
}

static json_t *
stacks_array(struct mtl_arena *arena, const struct mtl_mended *mended)
{
    json_t *array = json_array();

    for (size_t i = 0; i < mended->reception_count; i++) {
        json_t *object = json_object();

        set_text(object, "stack", arena, mended->after[i].stack->id);
        json_object_set_new(object, "before", reception_object(arena, &mended->before[i]));
        json_object_set_new(object, "after", reception_object(arena, &mended->after[i]));
        json_array_append_new(array, object);
    }
    return array;
}

static const char *
result_word(const struct mtl_mended *mended)
{
    if (mended->failure != MTL_MEND_DONE)
        return "failed";
    return mended->is_needless ? "unchanged" : "fixed";
}

bool
mtl_report_mended_json(struct mtl_arena *arena, const struct mtl_mended *mended, mtl_write *write, void *context)
{
    json_t *document = json_object();
    char time[MTL_TIME_TEXT_SIZE];
    bool is_written = mended->failure == MTL_MEND_DONE && mended->output != NULL;

    set_text(document, "schema", arena, "mtlslint/fix/1");
    set_text(document, "at", arena, mtl_time_text(mended->now, time));
    json_object_set_new(document, "bundle", mtl_json_path(arena, mended->original->path));
    json_object_set_new(document, "output", is_written ? mtl_json_path(arena, mended->output) : json_null());
    set_text(document, "result", arena, result_word(mended));
    set_text(document, "failure", arena, mtl_mend_failure_slug(mended->failure));
    set_text(document, "role", arena, mended->role == MTL_CLIENT ? "client" : "server");
    json_object_set_new(document, "role_known", json_boolean(mended->role_known));
    set_text(document, "stack", arena, mended->stack->id);
    json_object_set_new(document, "key", mended->key != NULL ? mtl_json_path(arena, mended->key) : json_null());
    json_object_set_new(document, "trust", mended->trust != NULL ? mtl_json_path(arena, mended->trust) : json_null());
    json_object_set_new(document, "changes", changes_array(arena, mended));
    json_object_set_new(document, "not_copied", left_out_array(arena, mended));
    json_object_set_new(document, "missing", issuer_object(arena, mended, mended->failure == MTL_MEND_MISSING_ISSUER));
    json_object_set_new(document, "assumed_root", issuer_object(arena, mended, mtl_mended_assumes_root(mended)));
    json_object_set_new(document, "untrusted", cert_object(arena, mended->untrusted));
    json_object_set_new(document, "mended", findings_array(arena, mended->gone, mended->gone_count));
    json_object_set_new(document, "remaining", findings_array(arena, mended->left, mended->left_count));
    json_object_set_new(document, "stacks", stacks_array(arena, mended));
    return mtl_json_write(document, write, context);
}
