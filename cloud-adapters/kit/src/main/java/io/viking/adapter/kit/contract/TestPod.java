package io.viking.adapter.kit.contract;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The smallest pod that the tests ask for: one container, as a self-contained manifest.
 *
 * @param name of the pod; its namespace is "contract"
 * @param command empty: the image's own
 * @param resources requests by resource name; empty: none
 * @param ports TCP ports that the container declares
 * @param volumes names of volumes that come as files, each mounted at {@code /mnt/NAME}
 */
public record TestPod(
    String name,
    String image,
    String restartPolicy,
    List<String> command,
    Map<String, String> annotations,
    Map<String, String> resources,
    List<Integer> ports,
    List<String> volumes) {
  /** The container's name. */
  public static final String CONTAINER = "main";

  /** The namespace of every pod of the tests. */
  public static final String NAMESPACE = "contract";

  public TestPod {
    command = List.copyOf(command);
    annotations = Map.copyOf(annotations);
    resources = Map.copyOf(resources);
    ports = List.copyOf(ports);
    volumes = List.copyOf(volumes);
  }

  /** A pod that runs until it is stopped. */
  public static TestPod of(String name, String image) {
    return new TestPod(name, image, "Always", List.of(), Map.of(), Map.of(), List.of(), List.of());
  }

  public TestPod withRestartPolicy(String policy) {
    return new TestPod(name, image, policy, command, annotations, resources, ports, volumes);
  }

  public TestPod withImage(String other) {
    return new TestPod(name, other, restartPolicy, command, annotations, resources, ports, volumes);
  }

  public TestPod withCommand(String... words) {
    return new TestPod(
        name, image, restartPolicy, List.of(words), annotations, resources, ports, volumes);
  }

  public TestPod withAnnotation(String key, String value) {
    Map<String, String> more = new TreeMap<>(annotations);
    more.put(key, value);
    return new TestPod(name, image, restartPolicy, command, more, resources, ports, volumes);
  }

  public TestPod requesting(String resource, String quantity) {
    Map<String, String> more = new TreeMap<>(resources);
    more.put(resource, quantity);
    return new TestPod(name, image, restartPolicy, command, annotations, more, ports, volumes);
  }

  /** Says that the container listens on a TCP port. */
  public TestPod withPort(int port) {
    List<Integer> more = new ArrayList<>(ports);
    more.add(port);
    return new TestPod(name, image, restartPolicy, command, annotations, resources, more, volumes);
  }

  public TestPod withVolume(String volume) {
    List<String> more = new ArrayList<>(volumes);
    more.add(volume);
    return new TestPod(name, image, restartPolicy, command, annotations, resources, ports, more);
  }

  /** The core/v1 Pod as JSON. */
  public ByteString manifest(String uid) {
    String json =
        """
        {"apiVersion":"v1","kind":"Pod",\
        "metadata":{"name":%s,"namespace":%s,"uid":%s,"labels":{"app":"contract"},"annotations":%s},\
        "spec":{"restartPolicy":%s,"containers":[{"name":%s,"image":%s%s%s%s%s}]%s}}"""
            .formatted(
                Json.string(name),
                Json.string(NAMESPACE),
                Json.string(uid),
                Json.object(annotations),
                Json.string(restartPolicy),
                Json.string(CONTAINER),
                Json.string(image),
                command.isEmpty() ? "" : ",\"command\":" + Json.array(command),
                resources.isEmpty()
                    ? ""
                    : ",\"resources\":{\"requests\":%s}".formatted(Json.object(resources)),
                ports.isEmpty() ? "" : ",\"ports\":" + declaredPorts(),
                volumes.isEmpty() ? "" : ",\"volumeMounts\":" + mounts(),
                volumes.isEmpty() ? "" : ",\"volumes\":" + sources());
    return ByteString.copyFromUtf8(json);
  }

  private String declaredPorts() {
    return ports.stream()
        .map("{\"containerPort\":%d}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String mounts() {
    return volumes.stream()
        .map(
            v ->
                "{\"name\":%s,\"mountPath\":%s}"
                    .formatted(Json.string(v), Json.string("/mnt/" + v)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String sources() {
    return volumes.stream()
        .map(v -> "{\"name\":%s,\"emptyDir\":{}}".formatted(Json.string(v)))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
