package io.viking.kube.cache;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressClass;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StorageClass;

/**
 * A kind of object: where the API server keeps it and what it is decoded to.
 *
 * @param group empty for the core group
 * @param plural lower case, as in paths ("configmaps")
 */
public record ResourceType<T extends KubernetesObject>(
    Class<T> type, String group, String version, String plural, String kind, boolean namespaced) {

  public static final ResourceType<V1Pod> PODS = core(V1Pod.class, "pods", "Pod", true);
  public static final ResourceType<V1Node> NODES = core(V1Node.class, "nodes", "Node", false);
  public static final ResourceType<V1ConfigMap> CONFIG_MAPS =
      core(V1ConfigMap.class, "configmaps", "ConfigMap", true);
  public static final ResourceType<V1Secret> SECRETS =
      core(V1Secret.class, "secrets", "Secret", true);
  public static final ResourceType<V1Service> SERVICES =
      core(V1Service.class, "services", "Service", true);
  public static final ResourceType<V1ServiceAccount> SERVICE_ACCOUNTS =
      core(V1ServiceAccount.class, "serviceaccounts", "ServiceAccount", true);
  public static final ResourceType<V1Namespace> NAMESPACES =
      core(V1Namespace.class, "namespaces", "Namespace", false);
  public static final ResourceType<CoreV1Event> EVENTS =
      core(CoreV1Event.class, "events", "Event", true);
  public static final ResourceType<V1Lease> LEASES =
      new ResourceType<>(V1Lease.class, "coordination.k8s.io", "v1", "leases", "Lease", true);

  public static final ResourceType<V1EndpointSlice> ENDPOINT_SLICES =
      new ResourceType<>(
          V1EndpointSlice.class, "discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);
  public static final ResourceType<V1Ingress> INGRESSES =
      new ResourceType<>(V1Ingress.class, "networking.k8s.io", "v1", "ingresses", "Ingress", true);
  public static final ResourceType<V1IngressClass> INGRESS_CLASSES =
      new ResourceType<>(
          V1IngressClass.class, "networking.k8s.io", "v1", "ingressclasses", "IngressClass", false);

  public static final ResourceType<V1PersistentVolumeClaim> PERSISTENT_VOLUME_CLAIMS =
      core(V1PersistentVolumeClaim.class, "persistentvolumeclaims", "PersistentVolumeClaim", true);
  public static final ResourceType<V1PersistentVolume> PERSISTENT_VOLUMES =
      core(V1PersistentVolume.class, "persistentvolumes", "PersistentVolume", false);
  public static final ResourceType<V1StorageClass> STORAGE_CLASSES =
      new ResourceType<>(
          V1StorageClass.class, "storage.k8s.io", "v1", "storageclasses", "StorageClass", false);
  public static final ResourceType<V1PodDisruptionBudget> POD_DISRUPTION_BUDGETS =
      new ResourceType<>(
          V1PodDisruptionBudget.class,
          "policy",
          "v1",
          "poddisruptionbudgets",
          "PodDisruptionBudget",
          true);

  private static <T extends KubernetesObject> ResourceType<T> core(
      Class<T> type, String plural, String kind, boolean namespaced) {
    return new ResourceType<>(type, "", "v1", plural, kind, namespaced);
  }

  /**
   * The path of the collection, or of one namespace's part of it; {@code ""} means all namespaces.
   */
  public String path(String namespace) {
    String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    String scope = namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
    return root + scope + "/" + plural;
  }

  /** The path of one object. {@code namespace} is ignored for cluster-scoped kinds. */
  public String path(String namespace, String name) {
    return path(namespace) + "/" + name;
  }
}
