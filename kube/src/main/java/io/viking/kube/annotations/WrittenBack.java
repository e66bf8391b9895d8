package io.viking.kube.annotations;

import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import java.util.Set;

/** Annotations that a platform of this cloud writes on a pod; never input. */
public final class WrittenBack {
  private WrittenBack() {}

  /** The cloud's own id of the instance. */
  public static final String INSTANCE_ID = PREFIX + "eci-instance-id";

  /** What is billed: a shape ({@code 2-4Gi}) or a type's name. */
  public static final String INSTANCE_SPEC = PREFIX + "eci-instance-spec";

  /** The public address, if there is one. */
  public static final String EIP_ADDRESS = PREFIX + "allocated-eipAddress";

  /** The IPv6 address, if there is one. */
  public static final String IPV6_ADDRESS = PREFIX + "allocated-ipv6Address";

  private static final Set<String> ALL =
      Set.of(
          INSTANCE_ID,
          INSTANCE_SPEC,
          EIP_ADDRESS,
          IPV6_ADDRESS,
          PREFIX + "eci-request-id",
          PREFIX + "eci-instance-compute-category",
          PREFIX + "allocated-eipInstanceId",
          PREFIX + "eci-created-by-template",
          PREFIX + "eni-instance-id",
          PREFIX + "eci-vpc",
          PREFIX + "eci-matched-image-cache",
          PREFIX + "eci-schedule-result");

  /** Whether a key is one of them, ours or another platform's. */
  public static boolean isOne(String key) {
    return ALL.contains(key);
  }
}
