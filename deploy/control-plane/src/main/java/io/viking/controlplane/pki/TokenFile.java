package io.viking.controlplane.pki;

import io.viking.controlplane.data.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A kube-apiserver's {@code --token-auth-file} with one user in it. A token is a look-up for the
 * API server; the chain of a client certificate it verifies for every single call, which is 4 % of
 * what it does in a storm of pods.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file">Static
 *     token file</a>
 */
public record TokenFile(Path file) {
  private static final int BYTES = 32;

  /**
   * The token of this user, which is also its UID. Made anew, mode 0600, if the file is not there
   * or says something else: an API server reads it at its start only.
   *
   * @param user without quotes and commas
   * @param group likewise
   */
  public String ensure(String user, String group, SecureRandom random) {
    String rest = ",%s,%s,%s\n".formatted(user, user, group);
    if (Files.exists(file)) {
      String content = PrivateFiles.read(file);
      int token = content.length() - rest.length();
      if (token == 2 * BYTES && content.endsWith(rest)) {
        return content.substring(0, token);
      }
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    PrivateFiles.write(file, token + rest);
    return token;
  }
}
