package io.viking.controlplane.external;

import io.viking.controlplane.KubeletEndpoint;
import io.viking.controlplane.Progress;
import io.viking.controlplane.ServingCertificate;
import io.viking.controlplane.data.PrivateFiles;
import io.viking.controlplane.external.Kubectl.Answer;
import io.viking.controlplane.pki.AuthorityName;
import io.viking.controlplane.pki.CertificatePlan;
import io.viking.controlplane.pki.Pki;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The kubelet API's trust in a cluster whose authorities' keys are not ours: the certificate is
 * signed by the cluster's {@code kubernetes.io/kubelet-serving}, and the clients' authority is read
 * where the cluster publishes it for extension servers.
 *
 * <p>The signer wants the request from the node itself, so it is made in the name of {@code
 * system:node:viking}; whoever runs this must be allowed to impersonate and to approve.
 */
public final class KubeletSigning {
  private static final String NODE = "system:node:viking";
  private static final String NODES = "system:nodes";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Kubectl kubectl;
  private final Pki pki;
  private final Path authority;
  private final InstantSource clock;

  /**
   * @param directory of the keys and certificates
   */
  public KubeletSigning(Kubectl kubectl, Pki pki, Path directory, InstantSource clock) {
    this.kubectl = kubectl;
    this.pki = pki;
    this.authority = directory.resolve("cluster-client-ca.crt");
    this.clock = clock;
  }

  /**
   * Where the kubelet API is served; if its certificate could not be had, a note says what will not
   * work.
   */
  public KubeletEndpoint endpoint(String address, int port, Progress progress)
      throws InterruptedException {
    ServingCertificate certificate =
        switch (certificate(address)) {
          case Outcome.Signed(ServingCertificate.Files files) -> files;
          case Outcome.Unsigned(ServingCertificate.BySigningRequest wanted, String why) -> {
            progress.note(
                "kubectl logs and exec will not work: the cluster did not sign the kubelet API's certificate: "
                    + why);
            yield wanted;
          }
        };
    return new KubeletEndpoint(address, port, certificate, clientAuthority());
  }

  /** What became of a request. */
  private sealed interface Outcome {
    /** The certificate is there. */
    record Signed(ServingCertificate.Files files) implements Outcome {}

    /** It is not, because of {@code why}: the cluster's own words. */
    record Unsigned(ServingCertificate.BySigningRequest wanted, String why) implements Outcome {}
  }

  /** The kubelet API's certificate for an address: the one that is there, or a new one. */
  private Outcome certificate(String address) throws InterruptedException {
    CertificatePlan plan = plan(address);
    Path certificate = pki.certificate(plan.name());
    Path key = pki.key(plan.name());
    Optional<String> failure = pki.keeps(plan) ? Optional.empty() : request(plan, certificate);
    return failure
        .<Outcome>map(
            why ->
                new Outcome.Unsigned(
                    new ServingCertificate.BySigningRequest(certificate, key), why))
        .orElseGet(() -> new Outcome.Signed(new ServingCertificate.Files(certificate, key)));
  }

  /** The authority of the API server's client certificate, if the cluster publishes it. */
  private Optional<Path> clientAuthority() throws InterruptedException {
    Answer answer =
        kubectl.run(
            "--namespace=kube-system",
            "get",
            "configmap",
            "extension-apiserver-authentication",
            "--output=jsonpath={.data.client-ca-file}");
    if (!answer.isOk() || answer.output().isEmpty()) {
      return Optional.empty();
    }
    PrivateFiles.write(authority, answer.output() + "\n");
    return Optional.of(authority);
  }

  /** Empty when the certificate was written; else why not. */
  private Optional<String> request(CertificatePlan plan, Path certificate)
      throws InterruptedException {
    String name = "viking-kubelet-" + Long.toString(clock.millis(), Character.MAX_RADIX);
    Answer created =
        kubectl.runWith(
            manifest(name, pki.request(plan)),
            "--as=" + NODE,
            "--as-group=" + NODES,
            "create",
            "--filename=-");
    if (!created.isOk()) {
      return Optional.of(created.line());
    }
    try {
      Answer approved = kubectl.run("certificate", "approve", name);
      if (!approved.isOk()) {
        return Optional.of(approved.line());
      }
      Optional<String> issued = awaitIssued(name);
      issued.ifPresent(pem -> PrivateFiles.write(certificate, pem));
      return issued.isPresent()
          ? Optional.empty()
          : Optional.of(
              "no signer took CertificateSigningRequest %s within %d s"
                  .formatted(name, PATIENCE.toSeconds()));
    } finally {
      kubectl.run("delete", "certificatesigningrequest", name, "--ignore-not-found");
    }
  }

  private Optional<String> awaitIssued(String name) throws InterruptedException {
    Instant deadline = clock.instant().plus(PATIENCE);
    while (clock.instant().isBefore(deadline)) {
      Answer answer =
          kubectl.run(
              "get", "certificatesigningrequest", name, "--output=jsonpath={.status.certificate}");
      if (answer.isOk() && !answer.output().isEmpty()) {
        return Optional.of(
            new String(Base64.getDecoder().decode(answer.output()), StandardCharsets.US_ASCII));
      }
      Thread.sleep(POLL);
    }
    return Optional.empty();
  }

  static CertificatePlan plan(String address) {
    return new CertificatePlan(
        "kubelet",
        AuthorityName.CLUSTER,
        NODE,
        List.of(NODES),
        Set.of(CertificatePlan.Usage.SERVER),
        Set.of(address));
  }

  static String manifest(String name, String request) {
    return """
    apiVersion: certificates.k8s.io/v1
    kind: CertificateSigningRequest
    metadata:
      name: %s
    spec:
      signerName: kubernetes.io/kubelet-serving
      usages: [digital signature, server auth]
      request: %s
    """
        .formatted(
            name, Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.US_ASCII)));
  }
}
