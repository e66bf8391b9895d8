package io.viking.controlplane.pki;

import io.viking.controlplane.data.PrivateFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A kubeconfig for one user of the cluster, with the credentials inside, so that it can be carried
 * elsewhere.
 *
 * @param context what {@code kubectl config get-contexts} shows
 * @param user of that kubeconfig
 */
public record Kubeconfig(
    URI server, String context, String user, Path authority, Credential credential) {
  /** By what the API server knows the user. */
  public sealed interface Credential {}

  /**
   * @param chain PEM
   * @param key PEM
   */
  public record ClientCertificate(Path chain, Path key) implements Credential {}

  public record Token(String value) implements Credential {
    @Override
    public String toString() {
      return "Token[…]";
    }
  }

  /** Writes it, mode 0600, unless the file says the same already. */
  public void write(Path file) {
    String content = content();
    if (!Files.exists(file) || !PrivateFiles.read(file).equals(content)) {
      PrivateFiles.write(file, content);
    }
  }

  private String content() {
    return """
    apiVersion: v1
    kind: Config
    current-context: %1$s
    clusters:
    - name: %1$s
      cluster:
        server: %2$s
        certificate-authority-data: %4$s
    users:
    - name: %3$s
      user:
    %5$s
    contexts:
    - name: %1$s
      context:
        cluster: %1$s
        user: %3$s
    """
        .formatted(context, server, user, base64(authority), lines());
  }

  private String lines() {
    return switch (credential) {
      case ClientCertificate(Path chain, Path privateKey) ->
          "    client-certificate-data: %s\n    client-key-data: %s"
              .formatted(base64(chain), base64(privateKey));
      case Token(String value) -> "    token: " + value;
    };
  }

  private static String base64(Path file) {
    return Base64.getEncoder()
        .encodeToString(PrivateFiles.read(file).getBytes(StandardCharsets.UTF_8));
  }
}
