package io.viking.cli.parts;

import io.viking.controlplane.KubeletEndpoint;
import io.viking.controlplane.ServingCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how the kubelet API of the zone nodes is served.
 *
 * @param address the zone nodes' InternalIP, and the address to listen on; an IP literal
 * @param clientAuthority the PEM of the CA that signs the API server's client certificate; empty:
 *     only bearer tokens can be verified
 * @param streamingIdle an exec, attach or port-forward without a byte for so long is closed
 */
public record KubeletSettings(
    String address,
    int port,
    Serving serving,
    Optional<Path> clientAuthority,
    Duration streamingIdle) {

  public KubeletSettings {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "--kubelet-port=%d is no port: name one of 1 to 65535.".formatted(port));
    }
  }

  /** What it is served with. */
  public sealed interface Serving {
    /** PEM files; read again when they are renewed. */
    record Tls(Path certificate, Path key) implements Serving {}

    /** Not served, and so there are no logs. */
    record Not(String why) implements Serving {}
  }

  /**
   * As a control plane has arranged it.
   *
   * @param streamingIdle an exec, attach or port-forward without a byte for so long is closed
   */
  public static KubeletSettings of(KubeletEndpoint endpoint, Duration streamingIdle) {
    return new KubeletSettings(
        endpoint.address(),
        endpoint.port(),
        switch (endpoint.certificate()) {
          case ServingCertificate.Files(Path certificate, Path key) ->
              new Serving.Tls(certificate, key);
          // The user was told; everything but logs works.
          case ServingCertificate.BySigningRequest(Path certificate, Path _) ->
              new Serving.Not("not served: nobody has signed " + certificate);
        },
        endpoint.clientAuthority(),
        streamingIdle);
  }
}
