/*
 * When a side judges: with its library, or once that is done; and when its peer learns of a rejection.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

enum mtl_late_moment
mtl_scene_late_moment(const struct mtl_scene *scene, enum mtl_role role)
{
    return scene->question->sides[role].stack->late_moment;
}

const char *
mtl_scene_message(const struct mtl_scene *scene, enum mtl_role by)
{
    static const char *const messages[] = {
        [MTL_STAGE_START] = NULL,
        [MTL_STAGE_HELLO] = "ClientHello",
        [MTL_STAGE_SERVER_SENDS] = "server Certificate",
        [MTL_STAGE_SERVER_CERTIFICATE] = "server Certificate",
        [MTL_STAGE_SERVER_PROOF] = NULL, /* depends on the version */
        [MTL_STAGE_SERVER_FLIGHT] = "ServerHelloDone",
        [MTL_STAGE_CLIENT_SENDS] = "client Certificate",
        [MTL_STAGE_CLIENT_DONE] = "server Certificate",
        [MTL_STAGE_CLIENT_CERTIFICATE] = "client Certificate",
        [MTL_STAGE_CLIENT_VERIFY] = "client CertificateVerify",
        [MTL_STAGE_AFTERWARDS] = NULL, /* that of the certificate */
        [MTL_STAGE_DONE] = NULL,
    };

    if (scene->stage == MTL_STAGE_AFTERWARDS)
        return messages[by == MTL_CLIENT ? MTL_STAGE_SERVER_CERTIFICATE : MTL_STAGE_CLIENT_CERTIFICATE];
    if (scene->stage == MTL_STAGE_SERVER_PROOF)
        return scene->tls == MTL_TLS12 ? "ServerKeyExchange" : "server CertificateVerify";
    return messages[scene->stage];
}

/* In TLS 1.3 the client is done once it has sent its flight: what the server makes of it comes later. */
enum mtl_moment
mtl_scene_moment(const struct mtl_scene *scene, enum mtl_role by)
{
    if (scene->stage == MTL_STAGE_START)
        return MTL_MOMENT_NONE;
    if (scene->stage == MTL_STAGE_AFTERWARDS && by == MTL_SERVER &&
        mtl_scene_late_moment(scene, by) == MTL_LATE_REQUEST)
        return MTL_MOMENT_REQUEST;
    if (scene->stage == MTL_STAGE_CLIENT_DONE || (scene->stage == MTL_STAGE_AFTERWARDS && by == MTL_CLIENT) ||
        (scene->stage == MTL_STAGE_AFTERWARDS && mtl_scene_late_moment(scene, by) == MTL_LATE_CONNECTED))
        return MTL_MOMENT_AFTER_HANDSHAKE;
    if (scene->tls == MTL_TLS13 && by == MTL_SERVER && scene->stage >= MTL_STAGE_CLIENT_CERTIFICATE)
        return MTL_MOMENT_AFTER_HANDSHAKE;
    return MTL_MOMENT_HANDSHAKE;
}

/*
 * Does the role's program judge this itself, once the library is done? With its peer's last flight a client in TLS 1.3
 * judges before its own has left: that is no other moment than the library's.
 */
bool
mtl_scene_judges_late(const struct mtl_scene *scene, enum mtl_role role, unsigned what)
{
    if ((scene->question->sides[role].stack->judges_late & what) == 0)
        return false;
    return role == MTL_SERVER || scene->tls == MTL_TLS12 || mtl_scene_late_moment(scene, role) != MTL_LATE_LAST_FLIGHT;
}

/* TCP: what has come and was not read when a connection is closed makes a reset of it. */
enum mtl_surface
mtl_scene_silent_end(const struct mtl_scene *scene, enum mtl_role by)
{
    const struct mtl_stack *stack = scene->question->sides[by].stack;
    bool leaves_unread = false;

    if (scene->stage == MTL_STAGE_SERVER_CERTIFICATE || scene->stage == MTL_STAGE_SERVER_PROOF)
        leaves_unread = by == MTL_CLIENT && stack->leaves_flight_unread;
    else if (scene->stage == MTL_STAGE_CLIENT_CERTIFICATE)
        leaves_unread = by == MTL_SERVER && stack->server_leaves_flight_unread;
    return leaves_unread ? MTL_SURFACE_RESET : MTL_SURFACE_CLOSE;
}

/* A name that the program compares when its library is done, as long as that has not happened. */
bool
mtl_scene_compares_later(const struct mtl_scene *scene, enum mtl_role verifier, enum mtl_reason reason)
{
    return mtl_reason_is_name(reason) && scene->stage == MTL_STAGE_SERVER_CERTIFICATE &&
           mtl_scene_judges_late(scene, verifier, MTL_LATE_NAME);
}
