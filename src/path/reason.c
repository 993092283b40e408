/* Reasons: the public slugs and the words for them. SPDX-License-Identifier: Apache-2.0 */
#include "path/path.h"

static const struct {
    const char *slug, *sentence;
} reasons[MTL_REASON_COUNT] = {
    [MTL_REASON_NONE] = {"", ""},
    [MTL_REASON_NO_ISSUER] = {"no-issuer", "no issuer certificate was found for it"},
    [MTL_REASON_NO_ISSUER_OF_ANCHOR] = {"no-issuer", "the trust store holds an intermediate but not the root above it"},
    [MTL_REASON_LEAF_UNVERIFIED] = {"no-issuer", "no issuer certificate was found for it"},
    [MTL_REASON_SELF_SIGNED_LEAF] = {"self-signed", "it is self-signed and not in the trust store"},
    [MTL_REASON_SELF_SIGNED_IN_CHAIN] = {"self-signed", "the chain ends in a root that is not in the trust store"},
    [MTL_REASON_DEPTH] = {"depth", "the chain is longer than the verify depth allows"},
    [MTL_REASON_REJECTED] = {"rejected", "the trust settings stored with it reject this use"},
    [MTL_REASON_MALFORMED] = {"malformed", "one of its extensions does not decode"},
    [MTL_REASON_MALFORMED_WHEN_USED] = {"malformed", "an extension that is looked at does not decode"},
    [MTL_REASON_EMPTY_SUBJECT] = {"malformed", "its subject is empty, and it has no critical subjectAltName"},
    [MTL_REASON_DUPLICATE_EXTENSION] = {"malformed", "it has the same extension twice"},
    [MTL_REASON_ALGORITHMS_DIFFER] = {"malformed", "it names two different signature algorithms for its signature"},
    [MTL_REASON_UNKNOWN_CURVE] = {"malformed", "its key is on a curve that the verifier does not know"},
    [MTL_REASON_CRITICAL_EXTENSION] = {"critical-extension", "it has a critical extension the verifier does not know"},
    [MTL_REASON_PROXY_NAME] = {"proxy", "it is a proxy certificate whose name is not derived from its issuer's"},
    [MTL_REASON_PROXY] = {"proxy", "it is a proxy certificate, and these are not accepted"},
    [MTL_REASON_NOT_A_CA] = {"not-a-ca", "it issued a certificate but is not a CA"},
    [MTL_REASON_CA_AS_LEAF] = {"purpose", "it is a CA's, and such a certificate is not accepted from a peer"},
    [MTL_REASON_OLD_VERSION] = {"not-a-ca", "it issued a certificate but its version cannot say that it is a CA"},
    [MTL_REASON_EXPLICIT_CURVE] = {"explicit-curve", "its key spells out the curve instead of naming it"},
    [MTL_REASON_PURPOSE] = {"purpose", "its key usage or extended key usage does not allow this role"},
    [MTL_REASON_EMPTY_KEY_USAGE] = {"purpose", "its key usage allows nothing at all"},
    [MTL_REASON_KEY_USAGE] = {"purpose", "its key usage does not allow this role"},
    [MTL_REASON_NO_KEY_USAGE] = {"purpose", "it has no key usage, which the verifier asks for"},
    [MTL_REASON_NO_EXTENDED_KEY_USAGE] =
        {"purpose", "it has no extended key usage that names this role, which the verifier asks for"},
    [MTL_REASON_NO_COMMON_NAME] = {"malformed", "its subject has no common name, or one that is too long"},
    [MTL_REASON_NETSCAPE_TYPE] = {"purpose", "its Netscape certificate type does not allow this role"},
    [MTL_REASON_ANCHOR_NOT_A_CA] = {"not-a-ca", "it stands in the trust store but is not a CA"},
    [MTL_REASON_ANCHOR_NO_CERT_SIGN] = {"not-a-ca",
                                        "it stands in the trust store but its keyUsage does not allow it to sign"},
    [MTL_REASON_PATH_LENGTH] = {"path-length", "more intermediates stand below it than its pathLenConstraint allows"},
    [MTL_REASON_PATH_LENGTH_OF_NO_CA] = {"malformed", "it has a pathLenConstraint but is no CA"},
    [MTL_REASON_PATH_LENGTH_NO_CERT_SIGN] = {"malformed", "it has a pathLenConstraint but no keyUsage keyCertSign"},
    [MTL_REASON_CA_FLAG_NOT_CRITICAL] = {"malformed", "it is a CA, but its basicConstraints are not critical"},
    [MTL_REASON_CA_NO_KEY_USAGE] = {"malformed", "it is a CA, but has no keyUsage"},
    [MTL_REASON_CERT_SIGN_OF_NO_CA] = {"malformed", "its keyUsage has keyCertSign, but it is no CA"},
    [MTL_REASON_EMPTY_ISSUER] = {"malformed", "the name of its issuer is empty"},
    [MTL_REASON_NO_SUBJECT] = {"malformed", "its subject is empty"},
    [MTL_REASON_NO_ALT_NAMES] = {"malformed", "its subjectAltName is empty"},
    [MTL_REASON_AUTHORITY_KEY_ID_CRITICAL] = {"malformed", "its authorityKeyIdentifier is critical"},
    [MTL_REASON_SUBJECT_KEY_ID_CRITICAL] = {"malformed", "its subjectKeyIdentifier is critical"},
    [MTL_REASON_NO_AUTHORITY_KEY_ID] = {"malformed", "it has no authorityKeyIdentifier"},
    [MTL_REASON_NO_SUBJECT_KEY_ID] = {"malformed", "it is a CA, but has no subjectKeyIdentifier"},
    [MTL_REASON_OLD_WITH_EXTENSIONS] = {"malformed", "it has extensions but is no version 3 certificate"},
    [MTL_REASON_LEAF_KEY_WEAK] = {"weak-key", "its key is too weak, or does not decode"},
    [MTL_REASON_ISSUER_KEY_WEAK] = {"weak-key", "the issuer's key is too weak, or does not decode"},
    [MTL_REASON_WEAK_DIGEST] = {"weak-digest", "it is signed with a digest that is too weak"},
    [MTL_REASON_LEAF_KEY_UNSUPPORTED] = {"no-shared-algorithm", "the verifier does not support its kind of key"},
    [MTL_REASON_ISSUER_KEY_UNSUPPORTED] = {"issuer-key", "the verifier does not support the issuer's kind of key"},
    [MTL_REASON_NAME_MISMATCH] = {"name-mismatch", "it does not bear the name the client expects"},
    [MTL_REASON_ADDRESS_MISMATCH] = {"name-mismatch", "it does not bear the IP address the client expects"},
    [MTL_REASON_ODD_HOST] = {"name-mismatch", "the name the client asks for has characters that no host name has"},
    [MTL_REASON_COMMON_NAME_MISMATCH] = {"name-mismatch",
                                         "it has no dNSName, and its common name is not the one the client expects"},
    [MTL_REASON_CRL_MISSING] = {"crl-missing", "no usable CRL of its issuer was given"},
    [MTL_REASON_CRL_EXPIRED] = {"crl-expired", "the CRL of its issuer has passed its nextUpdate"},
    [MTL_REASON_CRL_ENDLESS] = {"crl-expired", "the CRL of its issuer has no nextUpdate"},
    [MTL_REASON_CRL_NOT_YET_VALID] = {"crl-not-yet-valid", "the CRL of its issuer is dated in the future"},
    [MTL_REASON_CRL_SIGNATURE] = {"crl-bad-signature", "the CRL's signature does not verify with the issuer's key"},
    [MTL_REASON_CRL_SCOPE] = {"crl-scope", "the CRL does not cover this kind of certificate"},
    [MTL_REASON_CRL_ISSUER_KEY_USAGE] = {"crl-issuer", "the CRL's issuer may not sign CRLs (keyUsage lacks cRLSign)"},
    [MTL_REASON_CRL_ISSUER_MISSING] = {"crl-issuer", "the CRL's issuer was not found or its key does not decode"},
    [MTL_REASON_CRL_CRITICAL_EXTENSION] = {"crl-critical-extension",
                                           "the CRL has a critical extension the verifier does not know"},
    [MTL_REASON_CRL_MALFORMED] = {"undecodable", "an extension of the CRL does not decode"},
    [MTL_REASON_REVOKED] = {"revoked", "its issuer's CRL lists it as revoked"},
    [MTL_REASON_NO_CERT_SIGN] = {"not-a-ca", "its keyUsage does not allow it to sign certificates"},
    [MTL_REASON_ISSUER_KEY] = {"issuer-key", "the issuer's public key does not decode"},
    [MTL_REASON_SIGNATURE] = {"bad-signature", "its signature does not verify with the issuer's key"},
    [MTL_REASON_MISFIT_KEY] = {"bad-signature", "its signature was made with another kind of key than the issuer's"},
    [MTL_REASON_NOT_YET_VALID] = {"not-yet-valid", "it is not valid yet"},
    [MTL_REASON_EXPIRED] = {"expired", "it has expired"},
    [MTL_REASON_CONSTRAINT_PERMITTED] = {"name-constraint", "a CA above it does not permit one of its names"},
    [MTL_REASON_CONSTRAINT_EXCLUDED] = {"name-constraint", "a CA above it excludes one of its names"},
    [MTL_REASON_CONSTRAINT_MINMAX] = {"name-constraint", "a CA above it has name constraints with minimum or maximum"},
    [MTL_REASON_CONSTRAINT_TYPE] = {"name-constraint",
                                    "a CA above it constrains a type of name that cannot be compared"},
    [MTL_REASON_CONSTRAINT_SYNTAX] = {"name-constraint", "a CA above it has malformed name constraints"},
    [MTL_REASON_CONSTRAINT_NAME_SYNTAX] = {"name-constraint", "one of its names is malformed and cannot be compared"},
    [MTL_REASON_CONSTRAINT_TOO_MANY] = {"name-constraint", "too many names meet too many name constraints"},
    [MTL_REASON_CONSTRAINT_NO_ALT_NAME] = {"name-constraint",
                                           "it names a host in its common name only, under name constraints"},
    [MTL_REASON_CONSTRAINT_EMPTY_DOMAIN] =
        {"name-constraint", "a CA above it has an empty constraint on domains, which verifiers trip over"},
    [MTL_REASON_CONSTRAINT_READ_OTHERWISE] = {"name-constraint",
                                              "one of its names meets a constraint that stacks read differently"},
    [MTL_REASON_POLICY_MISSING] = {"certificate-policy",
                                   "a certificate policy is demanded, and none is valid from the trust anchor to it"},
    [MTL_REASON_POLICY_ANY_MAPPED] = {"certificate-policy", "it maps anyPolicy, or another policy to anyPolicy"},
    [MTL_REASON_POLICY_QUALIFIED] = {"certificate-policy", "its critical certificatePolicies have qualifiers"},
    [MTL_REASON_POLICY_FLAWED] = {"malformed", "an extension on certificate policies is malformed"},
    [MTL_REASON_NO_CERTIFICATE] = {"no-certificate", "no certificate was sent"},
    [MTL_REASON_PROOF] = {"key-mismatch", "the handshake is signed with a key that is not the certificate's"},
    [MTL_REASON_KEY_MISMATCH] = {"key-mismatch", "the private key does not belong to it"},
    [MTL_REASON_UNDECODABLE] = {"undecodable", "it does not decode"},
    [MTL_REASON_NO_SHARED_ALGORITHM] = {"no-shared-algorithm", "no signature algorithm or cipher suite fits its key"},
    [MTL_REASON_TOO_LARGE] = {"too-large", "the chain sent is larger than the receiver takes"},
    [MTL_REASON_TOO_MANY] = {"too-large", "more certificates were sent than the receiver looks at"},
    [MTL_REASON_EMPTY_TRUST] = {"undecodable", "no certificate of the trust store can be read"},
    [MTL_REASON_NOTHING_TRUSTED] = {"no-issuer", "its verifier's trust store holds nothing that is trusted"},
    [MTL_REASON_DATES_REVERSED] = {"expired", "its validity ends before it begins"},
    [MTL_REASON_CRL_KEY_UNSUPPORTED] = {"crl-bad-signature",
                                        "its CRL was not signed with a key of the same kind as its issuer's"},
    [MTL_REASON_NAME_TRUSTED_TWICE] = {"undecodable", "its file of CAs holds two certificates of the same subject"},
    [MTL_REASON_CRL_IN_TRUST] = {"undecodable", "its file of CAs holds a CRL"},
    [MTL_REASON_OWN_CHAIN_DISORDER] = {"own-chain-disorder",
                                       "in its own chain one certificate is not issued by the next"},
    [MTL_REASON_OWN_CHAIN_WEAK] = {"own-chain-weak", "a certificate of its own chain is too weak to be sent"},
};

const char *
mtl_reason_slug(enum mtl_reason reason)
{
    return reasons[reason].slug;
}

bool
mtl_reason_is_name(enum mtl_reason reason)
{
    return reason == MTL_REASON_NAME_MISMATCH || reason == MTL_REASON_ADDRESS_MISMATCH ||
           reason == MTL_REASON_COMMON_NAME_MISMATCH;
}

const char *
mtl_reason_sentence(enum mtl_reason reason)
{
    return reasons[reason].sentence;
}
