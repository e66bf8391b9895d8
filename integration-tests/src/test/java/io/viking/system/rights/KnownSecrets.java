package io.viking.system.rights;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is secret in a cluster, by what it is; in the forms in which it could come to light. */
final class KnownSecrets {
  private final Map<String, List<byte[]>> forms = new TreeMap<>();

  /**
   * @param what for the message of a failure
   * @param value long enough not to be met by chance
   */
  void add(String what, String value) {
    if (value.length() < 16) {
      throw new IllegalArgumentException(what + " is too short to be looked for");
    }
    byte[] plain = value.getBytes(StandardCharsets.UTF_8);
    // Its beginning may share a group of three bytes with what stands before it, so three forms.
    forms.put(
        what, Stream.of(plain, base64(plain, 0), base64(plain, 1), base64(plain, 2)).toList());
  }

  /** Keys, tokens and passwords of the cluster's own files. */
  static KnownSecrets of(Path dataDirectory) throws IOException {
    var secrets = new KnownSecrets();
    try (Stream<Path> files = Files.list(dataDirectory.resolve("pki"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".key")).toList()) {
        secrets.add("pki/" + file.getFileName(), Files.readAllLines(file).get(1));
      }
    }
    for (String line : Files.readAllLines(dataDirectory.resolve("pki").resolve("tokens.csv"))) {
      String[] fields = line.split(",", -1);
      secrets.add("token of " + fields[1], fields[0]);
    }
    try (Stream<Path> files = Files.list(dataDirectory.resolve("run"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        var server = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        if (server.has("token")) {
          secrets.add("run/" + file.getFileName(), server.get("token").getAsString());
        }
      }
    }
    return secrets;
  }

  private static byte[] base64(byte[] plain, int skipped) {
    byte[] encoded =
        Base64.getEncoder()
            .withoutPadding()
            .encode(Arrays.copyOfRange(plain, skipped, plain.length));
    // The last character depends on what follows.
    return Arrays.copyOf(encoded, encoded.length - 1);
  }

  /** How many there are. */
  int count() {
    return forms.size();
  }

  /** Which of them are in it. */
  List<String> in(byte[] content) {
    return forms.entrySet().stream()
        .filter(secret -> secret.getValue().stream().anyMatch(form -> contains(content, form)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean contains(byte[] content, byte[] form) {
    int last = content.length - form.length;
    for (int at = 0; at <= last; at++) {
      if (content[at] == form[0]
          && Arrays.equals(content, at, at + form.length, form, 0, form.length)) {
        return true;
      }
    }
    return false;
  }
}
