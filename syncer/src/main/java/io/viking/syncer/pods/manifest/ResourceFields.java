package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.QuantityFormatException;
import io.viking.syncer.pods.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * resourceFieldRef: requests and limits of a container as numbers, rounded up to the divisor.
 *
 * <p>A limit that is not set is what the container could use at most: on a node its allocatable,
 * here the pod's own instance: what the pod as a whole is limited to or requests, else the sum of
 * its containers' requests, and 1 vCPU and 2 GiB where none are made. The instance's real size is
 * not known yet when the environment is written. A limit of 0 is none.
 */
final class ResourceFields {
  private static final Map<String, BigDecimal> WITHOUT_REQUESTS =
      Map.of(
          "cpu", BigDecimal.ONE,
          "memory", new BigDecimal(2L << 30),
          "ephemeral-storage", new BigDecimal(20L << 30));

  private ResourceFields() {}

  /**
   * @param ref a core/v1 ResourceFieldSelector
   * @param ownContainer where {@code ref} names none
   */
  static String read(JsonObject pod, JsonObject ref, Optional<JsonObject> ownContainer)
      throws MissingReferenceException {
    String name = Json.string(ref, "containerName");
    JsonObject container =
        (name.isEmpty() ? ownContainer : container(pod, name))
            .orElseThrow(() -> new MissingReferenceException("container " + name + " not found"));
    String resource = Json.string(ref, "resource");
    BigDecimal amount =
        resource.startsWith("limits.")
            ? limit(pod, container, resource.substring("limits.".length()))
            : resource.startsWith("requests.")
                ? amount(container, "requests", resource.substring("requests.".length()))
                    .orElse(BigDecimal.ZERO)
                : unsupported(resource);
    BigDecimal divisor = quantity(Json.string(ref, "divisor")).orElse(BigDecimal.ZERO);
    return amount
        .divide(divisor.signum() == 0 ? BigDecimal.ONE : divisor, 0, RoundingMode.CEILING)
        .toPlainString();
  }

  private static BigDecimal unsupported(String resource) throws MissingReferenceException {
    throw new MissingReferenceException("unsupported container resource : " + resource);
  }

  private static BigDecimal limit(JsonObject pod, JsonObject container, String resource) {
    return amount(container, "limits", resource)
        .filter(limit -> limit.signum() > 0)
        .orElseGet(() -> instance(pod, resource));
  }

  private static BigDecimal instance(JsonObject pod, String resource) {
    Optional<BigDecimal> ofPod =
        Json.object(pod, "spec")
            .flatMap(
                spec ->
                    amount(spec, "limits", resource).or(() -> amount(spec, "requests", resource)));
    if (ofPod.filter(amount -> amount.signum() > 0).isPresent()) {
      return ofPod.get();
    }
    BigDecimal requested =
        containers(pod, "containers")
            .map(container -> amount(container, "requests", resource).orElse(BigDecimal.ZERO))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return requested.signum() > 0
        ? requested
        : WITHOUT_REQUESTS.getOrDefault(resource, BigDecimal.ZERO);
  }

  private static Optional<JsonObject> container(JsonObject pod, String name) {
    return Stream.concat(containers(pod, "containers"), containers(pod, "initContainers"))
        .filter(container -> Json.string(container, "name").equals(name))
        .findFirst();
  }

  private static Stream<JsonObject> containers(JsonObject pod, String field) {
    return Json.object(pod, "spec").stream().flatMap(spec -> Json.objects(spec, field).stream());
  }

  private static Optional<BigDecimal> amount(JsonObject holder, String kind, String resource) {
    return Json.object(holder, "resources")
        .flatMap(resources -> Json.object(resources, kind))
        .flatMap(amounts -> quantity(Json.string(amounts, resource)));
  }

  private static Optional<BigDecimal> quantity(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Quantity.fromString(text).getNumber());
    } catch (QuantityFormatException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
