package io.viking.bench.endpoints;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.viking.bench.apiserver.RawCalls;
import io.viking.kube.cache.ResourceType;
import java.nio.charset.StandardCharsets;

/** How large a Service's EndpointSlices are on the wire. */
final class SliceSize {
  private SliceSize() {}

  /** Of all of them, as JSON. */
  static long bytes(RawCalls raw, String namespace, String service) {
    String path =
        ResourceType.ENDPOINT_SLICES.path(namespace)
            + "?labelSelector=kubernetes.io%2Fservice-name%3D"
            + service;
    return raw.get(
        path,
        body -> {
          long bytes = 0;
          for (JsonElement slice :
              JsonParser.parseString(body.readUtf8()).getAsJsonObject().getAsJsonArray("items")) {
            bytes += slice.toString().getBytes(StandardCharsets.UTF_8).length;
          }
          return bytes;
        });
  }
}
