package io.viking.syncer.network.service;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API leaves out what is empty; here nothing is null. */
public final class ModelReading {
  private ModelReading() {}

  public static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  public static boolean flag(@Nullable Boolean value, boolean missing) {
    return value == null ? missing : value;
  }

  public static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  public static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value;
  }

  public static <K, V> Map<K, V> map(@Nullable Map<K, V> value) {
    return value == null ? Map.of() : value;
  }

  public static ObjectMeta meta(@Nullable V1ObjectMeta metadata) {
    V1ObjectMeta meta = metadata == null ? new V1ObjectMeta() : metadata;
    var created = meta.getCreationTimestamp();
    Long generation = meta.getGeneration();
    return new ObjectMeta(
        new NamespacedName(text(meta.getNamespace()), text(meta.getName())),
        text(meta.getUid()),
        text(meta.getResourceVersion()),
        generation == null ? 0 : generation,
        created == null ? Instant.EPOCH : created.toInstant(),
        map(meta.getLabels()),
        map(meta.getAnnotations()),
        list(meta.getFinalizers()),
        meta.getDeletionTimestamp() != null);
  }
}
