package io.viking.adapter.kit.tiny;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.ZoneCandidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a create asks for, checked and understood. Its {@link #of} throws INVALID_SPEC with the
 * field.
 */
record TinyOrder(
    InstanceSpec spec,
    String namespace,
    String name,
    String container,
    String image,
    Optional<Integer> exitCode,
    InstanceType type) {
  /** On a pod: its container ends by itself with this code. */
  static final String EXIT_CODE = "tiny.viking.io/exit-code";

  static TinyOrder of(InstanceSpec spec) {
    require(!spec.getUid().isBlank(), "uid", "", "it must be the pod's UID");
    require(spec.getAttempt() >= 1, "attempt", spec.getAttempt(), "attempts count from 1");
    require(spec.getZonesCount() > 0, "zones", "", "name at least one candidate");
    for (ZoneCandidate zone : spec.getZonesList()) {
      require(TinyCatalog.hasZone(zone.getZone()), "zones", zone.getZone(), "it is not sold");
    }
    for (String type : spec.getInstanceTypesList()) {
      require(TinyCatalog.hasType(type), "instance_types", type, "it is not in the catalog");
    }
    checkFiles(spec.getFilesList());
    return fromManifest(spec, parse(spec));
  }

  static void checkFiles(List<FileVolume> volumes) {
    volumes.stream()
        .flatMap(volume -> volume.getFilesList().stream())
        .forEach(
            file ->
                require(
                    !List.of(file.getPath().split("/")).contains(".."),
                    "files.path",
                    file.getPath(),
                    "it must stay within its volume"));
  }

  private static TinyOrder fromManifest(InstanceSpec spec, Struct pod) {
    Struct metadata = child(pod, "metadata");
    List<Value> containers =
        child(pod, "spec").getFieldsOrDefault("containers", list()).getListValue().getValuesList();
    require(!containers.isEmpty(), "pod_manifest.spec.containers", "", "a pod has one or more");
    Struct container = containers.getFirst().getStructValue();
    Map<String, Value> requests = child(child(container, "resources"), "requests").getFieldsMap();
    long cpu = quantity(requests, "cpu", 1000, "m", 1);
    long memory = quantity(requests, "memory", 2048, "Gi", 1024);
    InstanceType type =
        TinyCatalog.smallest(cpu, memory)
            .orElseThrow(
                () ->
                    Failures.exception(
                        Failures.invalid(
                            "pod_manifest.spec.containers[0].resources.requests",
                            cpu + "m, " + memory + "Mi",
                            "at most 4 CPUs and 8Gi are sold")));
    return new TinyOrder(
        spec,
        text(metadata, "namespace"),
        text(metadata, "name"),
        text(container, "name"),
        text(container, "image"),
        Optional.of(text(child(metadata, "annotations"), EXIT_CODE))
            .filter(code -> !code.isEmpty())
            .map(Integer::valueOf),
        type);
  }

  private static Struct parse(InstanceSpec spec) {
    Struct.Builder pod = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(spec.getPodManifest().toStringUtf8(), pod);
    } catch (InvalidProtocolBufferException e) {
      throw Failures.exception(Failures.invalid("pod_manifest", "…", "it must be a Pod as JSON"));
    }
    return pod.build();
  }

  private static Struct child(Struct parent, String name) {
    return parent.getFieldsOrDefault(name, Value.getDefaultInstance()).getStructValue();
  }

  private static String text(Struct parent, String name) {
    return parent.getFieldsOrDefault(name, Value.getDefaultInstance()).getStringValue();
  }

  private static Value list() {
    return Value.getDefaultInstance();
  }

  /** "2" or "1500m" of CPU, "3Gi" of memory; enough for an example. */
  private static long quantity(
      Map<String, Value> requests, String name, long absent, String unit, long perUnit) {
    String text = requests.getOrDefault(name, Value.getDefaultInstance()).getStringValue();
    if (text.isEmpty()) {
      return absent;
    }
    return text.endsWith(unit)
        ? Long.parseLong(text.substring(0, text.length() - unit.length())) * perUnit
        : Long.parseLong(text) * 1000;
  }

  private static void require(boolean holds, String field, Object value, String wayOut) {
    if (!holds) {
      throw Failures.exception(Failures.invalid(field, value.toString(), wayOut));
    }
  }
}
