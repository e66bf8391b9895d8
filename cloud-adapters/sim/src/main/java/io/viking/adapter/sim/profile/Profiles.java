package io.viking.adapter.sim.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Profiles by name, file or text. A document may name a built-in profile as its {@code base}: its
 * own keys then go over the base's, mappings key by key, lists as a whole. Without a base it stands
 * on {@code instant}.
 */
public final class Profiles {
  /** The built-in ones. */
  public static final List<String> BUILT_IN = List.of("instant", "eci");

  private Profiles() {}

  /** No latency and no limits: what is measured is the orchestration. */
  public static SimProfile instant() {
    return builtIn("instant");
  }

  /** The published limits and start times. */
  public static SimProfile eci() {
    return builtIn("eci");
  }

  /**
   * A built-in profile by its name, or the YAML file at that path.
   *
   * @throws ProfileException for a file that cannot be read or is not a valid profile
   */
  public static SimProfile load(String nameOrFile) {
    if (BUILT_IN.contains(nameOrFile)) {
      return builtIn(nameOrFile);
    }
    try {
      return parse(nameOrFile, Files.readString(Path.of(nameOrFile)));
    } catch (IOException e) {
      throw new ProfileException(
          "simulated cloud profile \""
              + nameOrFile
              + "\" is neither one of "
              + String.join(", ", BUILT_IN)
              + " nor a file that can be read.");
    }
  }

  /**
   * A profile from its text.
   *
   * @throws ProfileException naming the path, the value and the way out
   */
  public static SimProfile parse(String name, String yaml) {
    return parse(name, yaml, key -> {});
  }

  static SimProfile parse(String name, String yaml, Consumer<String> keys) {
    try {
      Map<String, Object> merged = withBase(document(yaml), 0);
      YamlMap map = YamlMap.root(merged, keys);
      SimProfile profile = SimProfile.read(name, map, dump(merged));
      map.finish();
      return profile;
    } catch (ProfileException e) {
      throw new ProfileException("profile " + name + ": " + e.getMessage());
    }
  }

  private static SimProfile builtIn(String name) {
    return parse(name, resource(name));
  }

  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            Profiles.class.getResourceAsStream(name + ".yaml"), "built-in profile " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Object> document(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Object loaded = new Yaml(new SafeConstructor(options)).load(yaml);
      return loaded == null ? new LinkedHashMap<>() : YamlMap.mapping("the document", loaded);
    } catch (YAMLException e) {
      throw new ProfileException("this is not YAML: " + e.getMessage());
    }
  }

  private static Map<String, Object> withBase(Map<String, Object> document, int depth) {
    Object base = document.getOrDefault("base", "instant");
    if ("none".equals(base)) {
      return document;
    }
    if (!(base instanceof String name) || !BUILT_IN.contains(name) || depth > BUILT_IN.size()) {
      throw ProfileException.at("base", base, "give one of " + String.join(", ", BUILT_IN));
    }
    Map<String, Object> merged = merge(withBase(document(resource(name)), depth + 1), document);
    merged.put("base", "none");
    return merged;
  }

  private static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
    Map<String, Object> merged = new LinkedHashMap<>(under);
    over.forEach(
        (key, value) -> {
          Object below = merged.get(key);
          merged.put(
              key,
              below instanceof Map<?, ?> && value instanceof Map<?, ?>
                  ? merge(YamlMap.mapping(key, below), YamlMap.mapping(key, value))
                  : value);
        });
    return merged;
  }

  private static String dump(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(new Representer(options), options).dump(document);
  }
}
