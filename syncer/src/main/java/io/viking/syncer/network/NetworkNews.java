package io.viking.syncer.network;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressClass;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.kube.cache.CacheEvent;
import io.viking.syncer.network.ingress.AlbConfig;
import io.viking.syncer.network.ingress.AlbConfigObject;
import io.viking.syncer.network.ingress.IngressClass;
import io.viking.syncer.network.ingress.IngressReader;
import io.viking.syncer.network.ingress.TlsSecret;
import io.viking.syncer.network.loop.Kind;
import io.viking.syncer.network.loop.NetworkEvent;
import io.viking.syncer.network.service.ModelReading;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ServiceReader;
import io.viking.syncer.network.service.SliceReader;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What the network's core hears of an event of a cache. Pure. */
public final class NetworkNews {
  private NetworkNews() {}

  public static NetworkEvent ofService(CacheEvent<V1Service> event) {
    return of(
        event,
        Kind.SERVICE,
        service -> new NetworkEvent.ServiceSeen(ServiceReader.read(service)),
        NetworkEvent.ServiceGone::new);
  }

  public static NetworkEvent ofSlice(CacheEvent<V1EndpointSlice> event) {
    return of(
        event,
        Kind.SLICE,
        slice ->
            SliceReader.read(slice)
                .<NetworkEvent>map(NetworkEvent.SliceSeen::new)
                // It may have been a Service's before.
                .orElseGet(() -> new NetworkEvent.SliceGone(name(slice))),
        (name, _) -> new NetworkEvent.SliceGone(name));
  }

  public static NetworkEvent ofIngress(CacheEvent<V1Ingress> event) {
    return of(
        event,
        Kind.INGRESS,
        ingress -> new NetworkEvent.IngressSeen(IngressReader.read(ingress)),
        NetworkEvent.IngressGone::new);
  }

  public static NetworkEvent ofClass(CacheEvent<V1IngressClass> event) {
    return of(
        event,
        Kind.INGRESS_CLASS,
        one -> new NetworkEvent.ClassSeen(IngressClass.read(one)),
        (name, _) -> new NetworkEvent.ClassGone(name.name()));
  }

  public static NetworkEvent ofSecret(CacheEvent<V1Secret> event) {
    return of(
        event,
        Kind.SECRET,
        secret ->
            new NetworkEvent.SecretSeen(
                TlsSecret.read(name(secret), ModelReading.map(secret.getData()))),
        (name, _) -> new NetworkEvent.SecretGone(name));
  }

  static NetworkEvent ofAlbConfig(CacheEvent<AlbConfigObject> event) {
    return of(
        event,
        Kind.ALB_CONFIG,
        config -> new NetworkEvent.AlbConfigSeen(AlbConfig.read(config)),
        (name, _) -> new NetworkEvent.AlbConfigGone(name.name()));
  }

  private static <T extends KubernetesObject> NetworkEvent of(
      CacheEvent<T> event,
      Kind kind,
      Function<T, NetworkEvent> seen,
      BiFunction<NamespacedName, Boolean, NetworkEvent> gone) {
    return switch (event) {
      case CacheEvent.Added<T>(T object) -> seen.apply(object);
      case CacheEvent.Updated<T>(T _, T object) -> seen.apply(object);
      case CacheEvent.Deleted<T>(T object, boolean witnessed) ->
          gone.apply(name(object), witnessed);
      case CacheEvent.Synced<T> _ -> new NetworkEvent.Synced(kind);
    };
  }

  private static NamespacedName name(KubernetesObject object) {
    return ModelReading.meta(object.getMetadata()).name();
  }
}
