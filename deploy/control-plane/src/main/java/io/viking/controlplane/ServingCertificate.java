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
   * The cluster is not ours, and its signer {@code kubernetes.io/kubelet-serving} did not issue the
   * certificate. The files are where it belongs, should somebody have it signed: the key is there.
   */
  record BySigningRequest(Path certificate, Path key) implements ServingCertificate {}
}
