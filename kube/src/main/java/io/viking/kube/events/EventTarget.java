package io.viking.kube.events;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.ResourceType;

/** The object that an event is about. */
public record EventTarget(
    String apiVersion, String kind, String namespace, String name, String uid) {

  public static EventTarget pod(String namespace, String name, String uid) {
    return new EventTarget("v1", "Pod", namespace, name, uid);
  }

  public static EventTarget node(String name, String uid) {
    return new EventTarget("v1", "Node", "", name, uid);
  }

  /** The target that is an object of a kind. */
  public static <T extends KubernetesObject> EventTarget of(ResourceType<T> type, T object) {
    var metadata = object.getMetadata();
    String apiVersion =
        type.group().isEmpty() ? type.version() : type.group() + "/" + type.version();
    return new EventTarget(
        apiVersion,
        type.kind(),
        orEmpty(metadata.getNamespace()),
        orEmpty(metadata.getName()),
        orEmpty(metadata.getUid()));
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "" : value;
  }
}
