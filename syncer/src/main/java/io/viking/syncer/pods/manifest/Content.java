package io.viking.syncer.pods.manifest;

import com.google.protobuf.ByteString;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Secret;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a ConfigMap or Secret holds. Made once for each read, so that the files of many pods share
 * their bytes.
 *
 * @param data by key, in the order of the keys
 * @param binaryKeys which of them no variable can be made of
 * @param immutable what it holds never changes
 */
record Content(Map<String, ByteString> data, Set<String> binaryKeys, boolean immutable) {
  static final Content EMPTY = new Content(Map.of(), Set.of(), false);

  static Content of(V1ConfigMap configMap) {
    Map<String, ByteString> data = new TreeMap<>();
    Objects.requireNonNullElseGet(configMap.getData(), Map::<String, String>of)
        .forEach((key, text) -> data.put(key, ByteString.copyFromUtf8(text)));
    Map<String, byte[]> binary =
        Objects.requireNonNullElseGet(configMap.getBinaryData(), Map::<String, byte[]>of);
    binary.forEach((key, bytes) -> data.put(key, ByteString.copyFrom(bytes)));
    return new Content(
        data, Set.copyOf(binary.keySet()), Boolean.TRUE.equals(configMap.getImmutable()));
  }

  static Content of(V1Secret secret) {
    Map<String, ByteString> data = new TreeMap<>();
    Objects.requireNonNullElseGet(secret.getData(), Map::<String, byte[]>of)
        .forEach((key, bytes) -> data.put(key, ByteString.copyFrom(bytes)));
    return new Content(data, Set.of(), Boolean.TRUE.equals(secret.getImmutable()));
  }

  /** What variables can be made of. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    data.forEach(
        (key, bytes) -> {
          if (!binaryKeys.contains(key)) {
            texts.put(key, bytes.toStringUtf8());
          }
        });
    return texts;
  }

  /** How much, not what: it may be secret. */
  @Override
  public String toString() {
    return "Content[" + data.size() + " keys]";
  }
}
