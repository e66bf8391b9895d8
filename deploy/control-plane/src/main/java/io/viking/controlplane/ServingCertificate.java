package io.viking.controlplane;

import java.nio.file.Path;

/** Where the certificate of the kubelet API comes from. */
public sealed interface ServingCertificate {

  /** The PEM file of the certificate, once it exists. */
  Path certificate();

  /** The PEM file (PKCS#8) of its private key, once it exists. */
  Path key();

  /** Both files are there, and the API server trusts their issuer. Renewed in place. */
  record Files(Path certificate, Path key) implements ServingCertificate {}

  /**
   * The cluster is not ours, so its signer {@code kubernetes.io/kubelet-serving} must issue the
   * certificate: one CertificateSigningRequest per node, by the user {@code system:node:NAME} of
   * the group {@code system:nodes}. The files are where the result belongs.
   */
  record BySigningRequest(Path certificate, Path key) implements ServingCertificate {}
}
