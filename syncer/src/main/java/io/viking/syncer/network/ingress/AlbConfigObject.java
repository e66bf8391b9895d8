package io.viking.syncer.network.ingress;

import com.google.gson.JsonObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * An object of the custom resource AlbConfig ({@code alibabacloud.com/v1}), as the API server has
 * it. Its schema allows fields that nobody here reads.
 */
public final class AlbConfigObject implements KubernetesObject {
  public static final ResourceType<AlbConfigObject> TYPE =
      new ResourceType<>(
          AlbConfigObject.class, "alibabacloud.com", "v1", "albconfigs", "AlbConfig", false);

  private @Nullable String apiVersion;
  private @Nullable String kind;
  private @Nullable V1ObjectMeta metadata;
  private @Nullable JsonObject spec;

  @Override
  public @Nullable V1ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public @Nullable String getApiVersion() {
    return apiVersion;
  }

  @Override
  public @Nullable String getKind() {
    return kind;
  }

  public @Nullable JsonObject getSpec() {
    return spec;
  }
}
