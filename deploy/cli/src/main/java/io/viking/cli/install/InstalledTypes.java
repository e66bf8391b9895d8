package io.viking.cli.install;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinition;
import io.viking.kube.cache.ResourceType;

/** Kinds of objects that viking installs and follows nowhere. */
public final class InstalledTypes {
  public static final ResourceType<V1CustomResourceDefinition> DEFINITIONS =
      ofCluster(
          V1CustomResourceDefinition.class, "apiextensions.k8s.io", "customresourcedefinitions");

  private InstalledTypes() {}

  /** One of version v1 without namespaces, of which the model is named {@code V1Kind}. */
  public static <T extends KubernetesObject> ResourceType<T> ofCluster(
      Class<T> model, String group, String plural) {
    return type(model, group, plural, false);
  }

  /** One with namespaces. */
  public static <T extends KubernetesObject> ResourceType<T> ofNamespaces(
      Class<T> model, String group, String plural) {
    return type(model, group, plural, true);
  }

  private static <T extends KubernetesObject> ResourceType<T> type(
      Class<T> model, String group, String plural, boolean isNamespaced) {
    String kind = model.getSimpleName().substring("V1".length());
    return new ResourceType<>(model, group, "v1", plural, kind, isNamespaced);
  }
}
