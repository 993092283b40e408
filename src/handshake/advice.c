/*
 * What to do in general where no file at hand helps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

static const char *
about_issuer(struct mtl_arena *arena, const struct mtl_transcript *failed)
{
    const struct mtl_verdict *verdict = failed->verdict[failed->rejected_by];
    const struct mtl_path *path;
    const struct mtl_cert *top;

    if (verdict == NULL || verdict->path_count == 0 || verdict->paths[verdict->decisive].count == 0)
        return NULL;
    path = &verdict->paths[verdict->decisive];
    top = path->certs[path->count - 1]->cert;
    return mtl_arena_printf(arena,
                            "find the certificate of %s, the issuer of %s; given with --also, it may yield a fix",
                            mtl_name_text(arena, mtl_cert_bytes(top, top->issuer)),
                            mtl_name_label(arena, mtl_cert_bytes(top, top->subject)));
}

static const char *
about_purpose(struct mtl_arena *arena, const struct mtl_transcript *failed)
{
    return mtl_arena_printf(arena,
                            "a certificate cannot be edited: have it reissued with extendedKeyUsage %s and keyUsage "
                            "digitalSignature",
                            failed->certificate_owner == MTL_CLIENT ? "clientAuth" : "serverAuth");
}

static const char *
reissue(struct mtl_arena *arena, const struct mtl_transcript *failed, const char *how)
{
    const struct mtl_cert *cert;

    if (failed->certificate == NULL)
        return NULL;
    cert = failed->certificate->cert;
    return mtl_arena_printf(arena, "have %s reissued%s", mtl_name_label(arena, mtl_cert_bytes(cert, cert->subject)),
                            how);
}

static const char *
about_no_certificate(const struct mtl_transcript *failed)
{
    if (failed->sent[MTL_SERVER].count == 0)
        return "give the server a certificate (--server-cert)";
    if (failed->sent[MTL_CLIENT].count == 0)
        return "give the client a certificate (--client-cert)";
    return "give the client a certificate that it can use and the server asks for";
}

const char *
mtl_handshake_advice(struct mtl_arena *arena, const struct mtl_transcript *failed)
{
    switch (failed->reason) {
    case MTL_REASON_NO_ISSUER:
    case MTL_REASON_NO_ISSUER_OF_ANCHOR:
    case MTL_REASON_LEAF_UNVERIFIED:
        return about_issuer(arena, failed);
    case MTL_REASON_PURPOSE:
    case MTL_REASON_KEY_USAGE:
        return failed->certificate_index == 0 ? about_purpose(arena, failed) : NULL;
    case MTL_REASON_EXPIRED:
        return reissue(arena, failed, ": its dates are over");
    case MTL_REASON_NAME_MISMATCH:
    case MTL_REASON_ADDRESS_MISMATCH:
    case MTL_REASON_COMMON_NAME_MISMATCH:
        return reissue(arena, failed, " with the name that the client connects to as a subjectAltName");
    case MTL_REASON_LEAF_KEY_WEAK:
    case MTL_REASON_ISSUER_KEY_WEAK:
        return reissue(arena, failed, " with a larger key: RSA 2048 bits or more, or EC P-256");
    case MTL_REASON_WEAK_DIGEST:
        return reissue(arena, failed, ", signed with SHA-256 or better");
    case MTL_REASON_NO_SHARED_ALGORITHM:
        return reissue(arena, failed, " with a key of another kind: RSA, or EC P-256 with keyUsage digitalSignature");
    case MTL_REASON_REVOKED:
        return reissue(arena, failed, ", with a new key: it is on a revocation list");
    case MTL_REASON_KEY_MISMATCH:
    case MTL_REASON_PROOF:
        return "give the key that belongs to the certificate, or the certificate that belongs to the key";
    case MTL_REASON_UNDECODABLE:
        return "get the file anew from where it came from: a block in it is broken";
    case MTL_REASON_NO_CERTIFICATE:
        return about_no_certificate(failed);
    case MTL_REASON_TOO_LARGE:
    case MTL_REASON_TOO_MANY:
        return "send the certificate and its intermediates only; a trust store is no chain";
    case MTL_REASON_CRL_MISSING:
    case MTL_REASON_CRL_EXPIRED:
        return "fetch the current revocation lists of every CA in the chain";
    default:
        return NULL;
    }
}
