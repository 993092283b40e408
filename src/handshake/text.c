/*
 * Enumerators as the words of the public reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/handshake.h"

const char *
mtl_outcome_text(enum mtl_outcome outcome)
{
    static const char *const texts[] = {
        [MTL_ESTABLISHED] = "established",
        [MTL_HANDSHAKE_REJECTED] = "rejected",
        [MTL_UNDETERMINED] = "undetermined",
    };

    return texts[outcome];
}

const char *
mtl_moment_text(enum mtl_moment moment)
{
    static const char *const texts[] = {
        [MTL_MOMENT_NONE] = NULL,
        [MTL_MOMENT_HANDSHAKE] = "handshake",
        [MTL_MOMENT_AFTER_HANDSHAKE] = "after_handshake",
        [MTL_MOMENT_REQUEST] = "request",
    };

    return texts[moment];
}

const char *
mtl_surface_text(enum mtl_surface surface)
{
    static const char *const texts[] = {
        [MTL_SURFACE_NONE] = NULL,         [MTL_SURFACE_ALERT] = "alert", [MTL_SURFACE_RESET] = "reset",
        [MTL_SURFACE_CLOSE] = "close",     [MTL_SURFACE_HTTP] = "http",   [MTL_SURFACE_PROTOCOL] = "protocol",
        [MTL_SURFACE_GARBLED] = "garbled",
    };

    return texts[surface];
}

const char *
mtl_evidence_text(enum mtl_evidence evidence)
{
    static const char *const texts[] = {
        [MTL_EVIDENCE_RECORDED] = "recorded",
        [MTL_EVIDENCE_SOURCE] = "source",
        [MTL_EVIDENCE_ASSUMED] = "assumed",
    };

    return texts[evidence];
}

static const struct {
    const char *slug, *sentence;
} refusals[] = {
    [MTL_REFUSED_NOT] = {NULL, "taken"},
    [MTL_REFUSED_NAME] = {"name", "it bears another name"},
    [MTL_REFUSED_MALFORMED] = {"malformed", "an extension of one of the two does not decode"},
    [MTL_REFUSED_KEY_ID] = {"key-id", "its key id is another than the one named"},
    [MTL_REFUSED_SERIAL] = {"serial", "its issuer and serial number are not the ones named"},
    [MTL_REFUSED_KEY_TYPE] = {"key-type", "a key of its kind cannot have made the signature"},
    [MTL_REFUSED_ALREADY_IN_PATH] = {"already-in-path", "it is in the chain already"},
    [MTL_REFUSED_OTHER_TAKEN] = {"other-taken", "it would have done, but another one was preferred"},
    [MTL_REFUSED_NOT_SEARCHED] = {"not-searched", "it was not looked at: the search was over"},
    [MTL_REFUSED_KEY_USAGE] = {"key-usage", "its keyUsage lacks keyCertSign"},
    [MTL_REFUSED_MIMIC] = {"mimic", "it resembles a trusted root but is not that certificate"},
};

const char *
mtl_refusal_slug(enum mtl_refusal refusal)
{
    return refusals[refusal].slug;
}

const char *
mtl_refusal_sentence(enum mtl_refusal refusal)
{
    return refusals[refusal].sentence;
}
