/*
 * The ladder of messages up to the rejection: RFC 8446 2 for TLS 1.3, RFC 5246 7.3 for TLS 1.2.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

/* On what a message depends. */
enum condition { ALWAYS, IF_ASKED, IF_CLIENT_SENDS, IF_DONE, IF_CERTIFICATE };

struct message {
    enum mtl_role sender;
    enum mtl_stage needs; /* sent once the handshake has got beyond this stage ... */
    const char *name;
    enum condition condition;
    bool optional;
};

/*
 * A flight leaves as a whole: a peer that rejects the Certificate in the middle of it still gets the rest. Messages of
 * the server's flight that come before its Certificate are out when building the Certificate fails.
 */
static const struct message tls12[] = {
    {MTL_CLIENT, MTL_STAGE_START, "ClientHello", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_HELLO, "ServerHello", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_SERVER_SENDS, "Certificate", IF_CERTIFICATE, false},
    {MTL_SERVER, MTL_STAGE_SERVER_SENDS, "ServerKeyExchange", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_SERVER_SENDS, "CertificateRequest", IF_ASKED, false},
    {MTL_SERVER, MTL_STAGE_SERVER_SENDS, "ServerHelloDone", ALWAYS, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "Certificate", IF_ASKED, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "ClientKeyExchange", ALWAYS, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "CertificateVerify", IF_CLIENT_SENDS, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "ChangeCipherSpec", ALWAYS, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "Finished", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_CLIENT_VERIFY, "NewSessionTicket", IF_DONE, true},
    {MTL_SERVER, MTL_STAGE_CLIENT_VERIFY, "ChangeCipherSpec", IF_DONE, false},
    {MTL_SERVER, MTL_STAGE_CLIENT_VERIFY, "Finished", IF_DONE, false},
};
static const struct message tls13[] = {
    {MTL_CLIENT, MTL_STAGE_START, "ClientHello", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_HELLO, "ServerHello", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_HELLO, "EncryptedExtensions", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_HELLO, "CertificateRequest", IF_ASKED, false},
    {MTL_SERVER, MTL_STAGE_SERVER_SENDS, "Certificate", IF_CERTIFICATE, false},
    {MTL_SERVER, MTL_STAGE_SERVER_SENDS, "CertificateVerify", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_SERVER_SENDS, "Finished", ALWAYS, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "Certificate", IF_ASKED, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "CertificateVerify", IF_CLIENT_SENDS, false},
    {MTL_CLIENT, MTL_STAGE_CLIENT_SENDS, "Finished", ALWAYS, false},
    {MTL_SERVER, MTL_STAGE_CLIENT_VERIFY, "NewSessionTicket", IF_DONE, true},
};

static bool
is_sent(const struct mtl_scene *scene, const struct message *message)
{
    if (scene->stage <= message->needs)
        return false;
    switch (message->condition) {
    case IF_ASKED:
        return scene->asks_client;
    case IF_CLIENT_SENDS:
        return scene->out->client_sends == 1;
    case IF_DONE:
        return scene->stage == MTL_STAGE_DONE || scene->out->rejected_by == MTL_CLIENT ||
               scene->question->sides[MTL_SERVER].stack->late_moment != MTL_LATE_LAST_FLIGHT;
    case IF_CERTIFICATE:
    case ALWAYS:
        return true;
    }
    return true;
}

#define MAX_NAMES 3U

/* "orders, Acme Issuing CA" */
static const char *
describe_certificates(struct mtl_arena *arena, struct mtl_chain chain)
{
    struct mtl_text text = {.arena = arena};

    if (chain.count == 0)
        return "empty";
    for (size_t i = 0; i < chain.count && i < MAX_NAMES; i++)
        mtl_text_printf(&text, "%s%s", i == 0 ? "" : ", ",
                        mtl_name_label(arena, mtl_cert_bytes(chain.certs[i].cert, chain.certs[i].cert->subject)));
    if (chain.count > MAX_NAMES)
        mtl_text_printf(&text, " and %zu more", chain.count - MAX_NAMES);
    return text.text;
}

static const char *
detail_of(const struct mtl_scene *scene, const struct message *message)
{
    if (message->condition == IF_CERTIFICATE)
        return describe_certificates(scene->arena, scene->out->sent[MTL_SERVER]);
    if (message->sender == MTL_CLIENT && message->condition == IF_ASKED)
        return describe_certificates(scene->arena, scene->out->client_sends == 1 ? scene->out->sent[MTL_CLIENT]
                                                                                 : (struct mtl_chain){0});
    return NULL;
}

static struct mtl_event
rejection(const struct mtl_scene *scene)
{
    const struct mtl_transcript *out = scene->out;
    struct mtl_event event = {.sender = out->rejected_by, .is_rejection = true};

    if (out->surface == MTL_SURFACE_ALERT) {
        event.message = "Alert";
        event.detail = mtl_arena_printf(scene->arena, "%s(%u)", mtl_alert_name(out->alert), (unsigned)out->alert);
    } else if (out->surface == MTL_SURFACE_GARBLED) {
        event.message = "Alert";
        event.detail = "cannot be decrypted";
    } else if (out->surface == MTL_SURFACE_HTTP) {
        event.message = mtl_arena_printf(scene->arena, "HTTP %d", out->http_status);
    } else if (out->surface == MTL_SURFACE_PROTOCOL) {
        event.message = "(answers with an error of its protocol)";
    } else {
        event.message = "(closes the connection)";
    }
    return event;
}

/* RFC 5246 7.4.2: a list of certificates; RFC 8446 4.4.2: a context, and extensions (none) behind each certificate. */
size_t
mtl_certificate_message_size(struct mtl_chain chain, enum mtl_tls tls)
{
    size_t size = tls == MTL_TLS13 ? 4 : 3;

    for (size_t i = 0; i < chain.count; i++)
        size += 3 + chain.certs[i].cert->der.size + (tls == MTL_TLS13 ? 2 : 0);
    return size;
}

void
mtl_scene_write_events(struct mtl_scene *scene)
{
    const struct message *messages = scene->tls == MTL_TLS13 ? tls13 : tls12;
    size_t total = scene->tls == MTL_TLS13 ? sizeof tls13 / sizeof *tls13 : sizeof tls12 / sizeof *tls12;
    struct mtl_event *events = mtl_arena_array(scene->arena, total + 1, sizeof *events);
    size_t count = 0;

    for (size_t i = 0; i < total; i++) {
        if (!is_sent(scene, &messages[i]))
            continue;
        events[count++] = (struct mtl_event){
            .sender = messages[i].sender,
            .message = messages[i].name,
            .detail = detail_of(scene, &messages[i]),
            .optional = messages[i].optional,
        };
    }
    if (scene->out->outcome == MTL_HANDSHAKE_REJECTED && !scene->out->local)
        events[count++] = rejection(scene);
    scene->out->events = events;
    scene->out->event_count = count;
}
