package io.viking.cli.install;

import io.viking.kube.cache.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** Objects that stand as YAML in a file of the jar, one document each. */
public final class JarManifest {
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");

  private JarManifest() {}

  /** The whole of a file that lies beside a class. */
  public static String text(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The objects of a text, in its order.
   *
   * @param types that it may have
   */
  public static List<InstalledObject> objects(String text, List<? extends ResourceType<?>> types) {
    return SEPARATOR.splitAsStream(text).map(yaml -> object(yaml, types)).toList();
  }

  private static InstalledObject object(String yaml, List<? extends ResourceType<?>> types) {
    Map<String, Object> object = new Yaml().load(yaml);
    String kind = String.valueOf(object.get("kind"));
    Map<?, ?> metadata = object.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    Object namespace = metadata.get("namespace");
    return new InstalledObject(
        types.stream().filter(type -> type.kind().equals(kind)).findFirst().orElseThrow(),
        namespace == null ? "" : namespace.toString(),
        String.valueOf(metadata.get("name")),
        yaml);
  }
}
