package io.viking.controlplane.pki;

import io.viking.controlplane.data.PrivateFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A kubeconfig for one user of the cluster, with the certificates inside, so that it can be carried
 * elsewhere.
 *
 * @param context what {@code kubectl config get-contexts} shows
 * @param user of that kubeconfig
 */
public record Kubeconfig(
    URI server, String context, String user, Path authority, Path certificate, Path key) {

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
        client-certificate-data: %5$s
        client-key-data: %6$s
    contexts:
    - name: %1$s
      context:
        cluster: %1$s
        user: %3$s
    """
        .formatted(context, server, user, base64(authority), base64(certificate), base64(key));
  }

  private static String base64(Path file) {
    return Base64.getEncoder()
        .encodeToString(PrivateFiles.read(file).getBytes(StandardCharsets.UTF_8));
  }
}
