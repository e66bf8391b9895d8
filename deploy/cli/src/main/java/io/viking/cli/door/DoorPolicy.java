package io.viking.cli.door;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.cli.install.InstalledObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeJson;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The object that says which rules refuse and which warn. It is made without any at the first
 * start: the definition fills in what holds by default.
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

  @SerializedName("spec")
  private final @Nullable Spec spec;

  /** By {@link DoorRule#key}: an {@link Action#key}. */
  private record Spec(@Nullable Map<String, String> rules) {}

  /** One that says nothing. */
  DoorPolicy() {
    this.spec = null;
  }

  private DoorPolicy(Map<String, String> rules) {
    this.spec = new Spec(rules);
  }

  static DoorPolicy of(Map<DoorRule, Action> rules) {
    return new DoorPolicy(
        rules.entrySet().stream()
            .collect(Collectors.toMap(rule -> rule.getKey().key(), rule -> rule.getValue().key())));
  }

  /** The one without words, to be applied. */
  static InstalledObject object() {
    return new InstalledObject(TYPE, NAME, KubeJson.write(new DoorPolicy()));
  }

  /** Whether any rule does this. */
  boolean has(Action action) {
    return spec != null && spec.rules() != null && spec.rules().containsValue(action.key());
  }

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
