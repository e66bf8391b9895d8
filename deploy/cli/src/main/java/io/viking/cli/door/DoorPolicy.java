package io.viking.cli.door;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;

/**
 * The object that says which rules refuse and which warn, as it is made at the first start: the
 * definition fills in what holds by default.
 */
final class DoorPolicy implements KubernetesObject {
  /** The one that the door reads. */
  static final String NAME = "default";

  static final ResourceType<DoorPolicy> TYPE =
      new ResourceType<>(
          DoorPolicy.class, "viking.io", "v1alpha1", "doorpolicies", "DoorPolicy", false);

  @SerializedName("apiVersion")
  private final String apiVersion = TYPE.group() + "/" + TYPE.version();

  @SerializedName("kind")
  private final String kind = TYPE.kind();

  @SerializedName("metadata")
  private final V1ObjectMeta metadata = new V1ObjectMeta().name(NAME);

  @Override
  public V1ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public String getKind() {
    return kind;
  }
}
