package io.viking.system;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A container image's tar, laid out as a directory, of which processes are started as a container
 * engine would: with that directory as their root, as the image's user, with its environment.
 */
final class UnpackedImage {
  /** What every engine gives a container. */
  private static final String MOUNTS =
      """
      set -e
      root=$1; user=$2; shift 2
      mkdir -p "$root/proc" "$root/dev"
      mount -t proc proc "$root/proc"
      for device in null zero random urandom; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
      done
      exec chroot --userspec="$user" "$root" "$@"
      """;

  private final Path root;
  private final JsonObject config;

  private UnpackedImage(Path root, JsonObject config) {
    this.root = root;
    this.config = config;
  }

  /**
   * @param tar as {@code docker load} takes it
   * @param directory an empty one
   */
  static UnpackedImage of(Path tar, Path directory) throws IOException, InterruptedException {
    Path parts = Files.createDirectories(directory.resolve("parts"));
    Path root = Files.createDirectories(directory.resolve("root"));
    run("tar", "-xf", tar.toString(), "-C", parts.toString());
    JsonObject manifest = array(parts.resolve("manifest.json")).get(0).getAsJsonObject();
    for (JsonElement layer : manifest.getAsJsonArray("Layers")) {
      run("tar", "-xzf", parts.resolve(layer.getAsString()).toString(), "-C", root.toString());
    }
    JsonObject image =
        JsonParser.parseString(
                Files.readString(parts.resolve(manifest.get("Config").getAsString())))
            .getAsJsonObject();
    return new UnpackedImage(root, image.getAsJsonObject("config"));
  }

  private static JsonArray array(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonArray();
  }

  Path root() {
    return root;
  }

  String user() {
    return config.get("User").getAsString();
  }

  JsonObject config() {
    return config;
  }

  /** Its entrypoint with these arguments, not yet started. */
  ProcessBuilder command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "--", "sh", "-c", MOUNTS, "sh", root.toString(), user()));
    command.addAll(strings("Entrypoint"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    String path = System.getenv("PATH");
    builder.environment().clear();
    for (String variable : strings("Env")) {
      String[] parts = variable.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    // For unshare and sh, which are this machine's; the entrypoint is named by its path.
    builder.environment().put("PATH", path);
    return builder;
  }

  List<String> strings(String key) {
    return StreamSupport.stream(config.getAsJsonArray(key).spliterator(), false)
        .map(JsonElement::getAsString)
        .toList();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(List.of(command) + " said: " + said);
    }
  }
}
