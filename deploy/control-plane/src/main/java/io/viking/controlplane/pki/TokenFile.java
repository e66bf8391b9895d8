package io.viking.controlplane.pki;

import io.viking.controlplane.data.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kube-apiserver's {@code --token-auth-file}. A token is a look-up for the API server; the chain
 * of a client certificate it verifies for every single call, which is 4 % of what it does in a
 * storm of pods.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file">Static
 *     token file</a>
 */
public record TokenFile(Path file) {
  private static final int BYTES = 32;

  /**
   * Whom a token is for; the name is the UID, too.
   *
   * @param name without quotes and commas
   * @param group likewise; empty: none but that of everybody who is known
   */
  public record User(String name, Optional<String> group) {
    public static User of(String name) {
      return new User(name, Optional.empty());
    }

    public static User of(String name, String group) {
      return new User(name, Optional.of(group));
    }

    /** All of a line but the token. */
    private String rest() {
      return ",%s,%s%s".formatted(name, name, group.map(in -> "," + in).orElse(""));
    }
  }

  /**
   * The tokens by the users' names. Each is made anew, and the file is written, mode 0600, if it
   * does not say the same of that user; lines of others go. An API server reads it at its start
   * only.
   */
  public Map<String, String> ensure(List<User> users, SecureRandom random) {
    String present = Files.exists(file) ? PrivateFiles.read(file) : "";
    List<String> lines = present.lines().toList();
    Map<String, String> tokens = new LinkedHashMap<>();
    var content = new StringBuilder();
    for (User user : users) {
      String token = token(lines, user).orElseGet(() -> fresh(random));
      tokens.put(user.name(), token);
      content.append(token).append(user.rest()).append('\n');
    }
    if (!content.toString().equals(present)) {
      PrivateFiles.write(file, content.toString());
    }
    return Map.copyOf(tokens);
  }

  private static Optional<String> token(List<String> lines, User user) {
    return lines.stream()
        .filter(line -> line.endsWith(user.rest()))
        .map(line -> line.substring(0, line.length() - user.rest().length()))
        .filter(token -> token.matches("[0-9a-f]{%d}".formatted(2 * BYTES)))
        .findFirst();
  }

  private static String fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
