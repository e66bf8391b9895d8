package io.viking.syncer.pods.status;

import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.Price;
import io.viking.kube.annotations.WrittenBack;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a pod's labels and annotations say of its instance; written along with the status. */
public final class InstanceMetadata {
  /** Label: the zone where the instance really is (the Binding's node may be another). */
  public static final String ZONE = "topology.kubernetes.io/zone";

  /** Annotation: what it costs, per hour: {@code 0.176400 CNY/h}. */
  public static final String PRICE = "viking.io/price";

  /** Annotation, on those alone: bought on the spot market. */
  public static final String SPOT = "viking.io/spot";

  private static final BigDecimal NANOS_PER_SECOND_TO_UNITS_PER_HOUR =
      new BigDecimal(3600).movePointLeft(9);

  private InstanceMetadata() {}

  static Map<String, String> labels(Instance instance) {
    return instance.getZone().isEmpty() ? Map.of() : Map.of(ZONE, instance.getZone());
  }

  static Map<String, String> annotations(Instance instance) {
    Map<String, String> annotations = new LinkedHashMap<>();
    put(annotations, WrittenBack.INSTANCE_ID, instance.getInstanceId());
    put(annotations, WrittenBack.INSTANCE_SPEC, instance.getInstanceType());
    put(annotations, WrittenBack.EIP_ADDRESS, instance.getPublicAddress());
    instance.getAddressesList().stream()
        .filter(address -> address.contains(":"))
        .findFirst()
        .ifPresent(address -> annotations.put(WrittenBack.IPV6_ADDRESS, address));
    if (instance.getSpot()) {
      annotations.put(SPOT, "true");
    }
    if (instance.hasPrice()) {
      annotations.put(PRICE, perHour(instance.getPrice()));
    }
    return annotations;
  }

  static String perHour(Price price) {
    return BigDecimal.valueOf(price.getNanosPerSecond())
            .multiply(NANOS_PER_SECOND_TO_UNITS_PER_HOUR)
            .setScale(6, RoundingMode.HALF_UP)
            .toPlainString()
        + " "
        + price.getCurrency()
        + "/h";
  }

  private static void put(Map<String, String> annotations, String key, String value) {
    if (!value.isEmpty()) {
      annotations.put(key, value);
    }
  }
}
