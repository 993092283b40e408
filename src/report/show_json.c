/*
 * What a file or directory holds, as JSON: schema "mtlslint/show/1".
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/json.h"
#include "report/report.h"
#include "report/show.h"

static void
set_text(json_t *object, const char *key, struct mtl_arena *arena, const char *text)
{
    json_object_set_new(object, key, mtl_json_text(arena, text));
}

static void
set_time(json_t *object, const char *key, struct mtl_arena *arena, mtl_time time)
{
    char text[MTL_TIME_TEXT_SIZE];

    set_text(object, key, arena, mtl_time_text(time, text));
}

static void
set_words(json_t *object, const char *key, struct mtl_words words)
{
    json_t *array = json_array();

    for (size_t i = 0; i < words.count; i++)
        json_array_append_new(array, json_string(words.items[i]));
    json_object_set_new(object, key, array);
}

static json_t *
placed(struct mtl_arena *arena, const char *kind, const struct mtl_source *source)
{
    json_t *object = json_object();

    set_text(object, "kind", arena, kind);
    set_text(object, "file", arena, source->path);
    json_object_set_new(object, "line", json_integer(source->line));
    json_object_set_new(object, "end_line", json_integer(source->end_line));
    set_text(object, "label", arena, source->label);
    return object;
}

static json_t *
names_json(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    json_t *array = json_array();

    while (mtl_general_names_next(&names, &name)) {
        json_t *object = json_object();
        set_text(object, "type", arena, mtl_general_name_kind(name.type));
        set_text(object, "value", arena, mtl_general_name_text(arena, &name));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
trust_json(const struct mtl_aux_trust *aux)
{
    json_t *object;

    if (!aux->present)
        return json_null();
    object = json_object();
    if (aux->has_trust)
        set_words(object, "trusted", mtl_purpose_words(aux->trust));
    else
        json_object_set_new(object, "trusted", json_null());
    set_words(object, "rejected", mtl_purpose_words(aux->reject));
    return object;
}

static json_t *
cert_json(struct mtl_arena *arena, const struct mtl_loaded_cert *loaded)
{
    const struct mtl_cert *cert = loaded->cert;
    json_t *object = placed(arena, "certificate", &loaded->source);

    json_object_set_new(object, "ordinal", json_integer(loaded->source.ordinal));
    set_text(object, "subject", arena, mtl_subject_text(arena, cert));
    set_text(object, "issuer", arena, mtl_issuer_text(arena, cert));
    set_text(object, "serial", arena, mtl_octets_text(arena, mtl_cert_bytes(cert, cert->serial)));
    set_time(object, "not_before", arena, cert->not_before);
    set_time(object, "not_after", arena, cert->not_after);
    json_object_set_new(object, "names", names_json(arena, cert));
    json_object_set_new(object, "ca", json_boolean(cert->is_ca));
    json_object_set_new(object, "path_length", cert->path_length < 0 ? json_null() : json_integer(cert->path_length));
    set_words(object, "key_usage", mtl_key_usage_words(cert->key_usage));
    set_words(object, "extended_key_usage", mtl_purpose_words(cert->extended_key_usage));
    set_text(object, "key", arena, mtl_key_text(arena, &cert->key));
    set_text(object, "signature", arena, mtl_signature_algorithm_text(arena, &cert->signature_algorithm));
    set_text(object, "subject_key_id", arena, mtl_octets_text(arena, mtl_cert_bytes(cert, cert->subject_key_id)));
    set_text(object, "authority_key_id", arena, mtl_octets_text(arena, mtl_cert_bytes(cert, cert->authority_key_id)));
    json_object_set_new(object, "self_issued", json_boolean(cert->self_issued));
    json_object_set_new(object, "openssl_trust", trust_json(&loaded->aux));
    set_text(object, "sha256", arena, mtl_fingerprint_text(arena, cert));
    return object;
}

static json_t *
key_json(struct mtl_arena *arena, const struct mtl_loaded_key *loaded)
{
    const struct mtl_private_key *key = loaded->key;
    json_t *object = placed(arena, "private_key", &loaded->source);

    set_text(object, "format", arena, key->format);
    json_object_set_new(object, "encrypted", json_boolean(key->encrypted));
    set_text(object, "key", arena, key->encrypted ? NULL : mtl_key_text(arena, &key->key));
    return object;
}

static json_t *
crl_json(struct mtl_arena *arena, const struct mtl_loaded_crl *loaded)
{
    const struct mtl_crl *crl = loaded->crl;
    json_t *object = placed(arena, "crl", &loaded->source);

    set_text(object, "issuer", arena, mtl_name_text(arena, mtl_crl_bytes(crl, crl->issuer)));
    set_time(object, "this_update", arena, crl->this_update);
    if (crl->has_next_update)
        set_time(object, "next_update", arena, crl->next_update);
    else
        json_object_set_new(object, "next_update", json_null());
    json_object_set_new(object, "delta", json_boolean(crl->is_delta));
    json_object_set_new(object, "revoked_count", json_integer(crl->revoked_count));
    set_text(object, "signature", arena, mtl_signature_algorithm_text(arena, &crl->signature_algorithm));
    set_text(object, "authority_key_id", arena, mtl_octets_text(arena, crl->authority.key_id));
    return object;
}

static json_t *
note_json(struct mtl_arena *arena, const struct mtl_note *note)
{
    static const char *const kinds[] = {
        [MTL_NOTE_UNDECODABLE] = "undecodable",
        [MTL_NOTE_NOT_DER] = "not-der",
        [MTL_NOTE_UNSUPPORTED] = "unsupported",
        [MTL_NOTE_ENCRYPTED_KEY] = "encrypted-key",
        [MTL_NOTE_GLUED] = "glued",
        [MTL_NOTE_DIRTY] = "dirty",
        [MTL_NOTE_TRUNCATED] = "truncated",
        [MTL_NOTE_TRAILING] = "trailing",
        [MTL_NOTE_UNREADABLE] = "unreadable",
        [MTL_NOTE_IGNORED] = "ignored",
        [MTL_NOTE_EMPTY] = "empty",
        [MTL_NOTE_BAD_HASH_NAME] = "bad-hash-name",
    };
    json_t *object = placed(arena, "note", &note->source);

    set_text(object, "note", arena, kinds[note->kind]);
    set_text(object, "message", arena, note->message);
    json_object_set_new(object, "openssl_refuses_file", json_boolean(note->fatal));
    return object;
}

bool
mtl_show_json(struct mtl_arena *arena, const struct mtl_material *material, mtl_write *write, void *context)
{
    json_t *document = json_object(), *list = json_array();
    size_t count;
    const struct mtl_show_item *items = mtl_show_items(arena, material, &count);

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, items[i].cert != NULL  ? cert_json(arena, items[i].cert)
                                    : items[i].key != NULL ? key_json(arena, items[i].key)
                                    : items[i].crl != NULL ? crl_json(arena, items[i].crl)
                                                           : note_json(arena, items[i].note));
    set_text(document, "schema", arena, "mtlslint/show/1");
    set_text(document, "path", arena, material->path);
    json_object_set_new(document, "directory", json_boolean(material->is_directory));
    json_object_set_new(document, "hashed", json_boolean(material->is_hashed));
    json_object_set_new(document, "objects", list);
    return mtl_json_write(document, write, context);
}
