package io.viking.kube.annotations;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The registry: every annotation of the cloud on pods that is known here. */
public final class CloudAnnotations {
  /** The prefix of the cloud's own keys, known or not. */
  public static final String PREFIX = "k8s.aliyun.com/";

  /** The prefix of the two keys of Kubernetes' own that are known here. */
  static final String KUBERNETES_PREFIX = "kubernetes.io/";

  /**
   * A part of the registry, as the reference page shows it.
   *
   * @param title of what its annotations speak
   */
  public record Section(String title, List<CloudAnnotation<?>> annotations) {}

  /** All of them, in the order of the reference page. */
  public static final List<Section> SECTIONS =
      List.of(
          new Section("Type and zone", PlacementAnnotations.ALL),
          new Section("Spot", SpotAnnotations.ALL),
          new Section("When it cannot be had", FailureAnnotations.ALL),
          new Section("Account and reservations", PurchaseAnnotations.ALL),
          new Section("Network", NetworkAnnotations.ALL),
          new Section("Addresses", AddressAnnotations.ALL),
          new Section("Images and data", ImageAnnotations.ALL),
          new Section("Storage and logs", StorageAnnotations.ALL));

  /** The same without sections. */
  public static final List<CloudAnnotation<?>> ALL =
      SECTIONS.stream().<CloudAnnotation<?>>flatMap(s -> s.annotations().stream()).toList();

  private static final Map<String, CloudAnnotation<?>> BY_KEY = byKey();

  private CloudAnnotations() {}

  /** A key of the prefix that means nothing here, and the known one that it resembles. */
  public record Unknown(String key, Optional<String> nearest) {
    /** A sentence that names the key and the way out. */
    public String message() {
      return "annotation "
          + key
          + " is not known here; it is passed on to the cloud as it is"
          + nearest.map(name -> ". Did you mean " + name + "?").orElse("");
    }
  }

  private static Map<String, CloudAnnotation<?>> byKey() {
    Map<String, CloudAnnotation<?>> byKey = new TreeMap<>();
    ALL.forEach(annotation -> keys(annotation).forEach(key -> byKey.put(key, annotation)));
    return Collections.unmodifiableMap(byKey);
  }

  /** The annotation of a key, present or former. */
  public static Optional<CloudAnnotation<?>> byKey(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  /** The key and those that it had before. */
  public static List<String> keys(CloudAnnotation<?> annotation) {
    return Stream.concat(Stream.of(annotation.key()), annotation.oldKeys().stream()).toList();
  }

  /** A key as people say it: without the prefix. */
  public static String shortName(String key) {
    return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
  }

  /** Those of the prefix that are not in the registry, by key. */
  public static List<Unknown> unknown(Map<String, String> annotations) {
    return annotations.keySet().stream()
        .filter(key -> key.startsWith(PREFIX))
        .filter(key -> !BY_KEY.containsKey(key) && !WrittenBack.isOne(key))
        .sorted()
        .map(key -> new Unknown(key, nearest(key)))
        .toList();
  }

  /** The most alike of the known keys, if half of it at most is different. */
  private static Optional<String> nearest(String key) {
    var byDistance = new TreeMap<Integer, String>();
    for (String known : BY_KEY.keySet()) {
      byDistance.putIfAbsent(EditDistance.between(shortName(key), shortName(known)), known);
    }
    return byDistance.firstKey() * 2 <= shortName(key).length()
        ? Optional.of(byDistance.firstEntry().getValue())
        : Optional.empty();
  }
}
