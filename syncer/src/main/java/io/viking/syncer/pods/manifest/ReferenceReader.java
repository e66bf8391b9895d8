package io.viking.syncer.pods.manifest;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads what pods refer to, each thing once for all pods that ask within a short time.
 *
 * <p>A Deployment's pods come together and refer to the same few objects: whoever asks first makes
 * the call, the others wait for its answer. What was found is taken for {@link #HIT}, what was not
 * for {@link #MISS}, failures not at all.
 */
final class ReferenceReader {
  static final Duration HIT = Duration.ofSeconds(2);
  static final Duration MISS = Duration.ofMillis(500);
  private static final long MAX_OBJECTS = 1_000;

  private record Key(ResourceType<?> type, String namespace, String name) {}

  /** An object, or of what holds secrets only its content. */
  private sealed interface Found {
    record Object(KubernetesObject object) implements Found {}

    record Data(Content content) implements Found {}
  }

  /** Failures are values, so that whoever waited is told and the cache has nothing to log. */
  private sealed interface Answer<T> {
    record Given<T>(T value, boolean found) implements Answer<T> {}

    record Failed<T>(KubeApiException failure) implements Answer<T> {}
  }

  private final KubeApi api;
  private final AsyncCache<Key, Answer<Optional<Found>>> objects;
  private final AsyncCache<String, Answer<List<V1Service>>> services;

  /**
   * @param executor makes the calls; one virtual thread each
   */
  ReferenceReader(KubeApi api, Executor executor, Ticker ticker) {
    this.api = api;
    this.objects = cache(executor, ticker);
    this.services = cache(executor, ticker);
  }

  private static <K, T> AsyncCache<K, Answer<T>> cache(Executor executor, Ticker ticker) {
    return Caffeine.newBuilder()
        .executor(executor)
        .ticker(ticker)
        .maximumSize(MAX_OBJECTS)
        .<K, Answer<T>>expireAfter(Expiry.creating((key, answer) -> lifetime(answer)))
        .buildAsync();
  }

  private static Duration lifetime(Answer<?> answer) {
    return switch (answer) {
      case Answer.Given<?>(var _, boolean found) -> found ? HIT : MISS;
      case Answer.Failed<?> _ -> Duration.ZERO;
    };
  }

  /** What a ConfigMap or Secret holds; empty if there is none. */
  Optional<Content> content(Reference reference)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return find(
            key(reference),
            () ->
                switch (reference.kind()) {
                  case CONFIG_MAP ->
                      read(ResourceType.CONFIG_MAPS, reference)
                          .map(found -> new Found.Data(Content.of(found)));
                  case SECRET ->
                      read(ResourceType.SECRETS, reference)
                          .map(found -> new Found.Data(Content.of(found)));
                })
        .filter(Found.Data.class::isInstance)
        .map(found -> ((Found.Data) found).content());
  }

  /** Reads it anew for whoever asks from now on. */
  void forget(Reference reference) {
    objects.synchronous().invalidate(key(reference));
  }

  /** The same for all objects. */
  void forgetAll() {
    objects.synchronous().invalidateAll();
  }

  Optional<V1ServiceAccount> serviceAccount(String namespace, String name)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return get(ResourceType.SERVICE_ACCOUNTS, namespace, name);
  }

  Optional<V1PersistentVolumeClaim> claim(String namespace, String name)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return get(ResourceType.PERSISTENT_VOLUME_CLAIMS, namespace, name);
  }

  Optional<V1PersistentVolume> volume(String name)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return get(ResourceType.PERSISTENT_VOLUMES, "", name);
  }

  Optional<V1Namespace> namespace(String name)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return get(ResourceType.NAMESPACES, "", name);
  }

  List<V1Service> services(String namespace)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return await(
        services.get(
            namespace,
            ns ->
                call(
                    () -> List.copyOf(api.list(ResourceType.SERVICES, ns, "")), services -> true)));
  }

  private <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return find(
            new Key(type, namespace, name),
            () -> api.get(type, namespace, name).map(Found.Object::new))
        .filter(Found.Object.class::isInstance)
        .map(found -> type.type().cast(((Found.Object) found).object()));
  }

  private <T extends KubernetesObject> Optional<T> read(ResourceType<T> type, Reference reference) {
    return api.get(type, reference.namespace(), reference.name());
  }

  private Optional<Found> find(Key key, Supplier<Optional<? extends Found>> read)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return await(
        objects.get(
            key, k -> call(() -> read.get().map(Found.class::cast), Optional<Found>::isPresent)));
  }

  private static Key key(Reference reference) {
    return new Key(reference.kind().type(), reference.namespace(), reference.name());
  }

  private static <T> Answer<T> call(Supplier<T> call, Predicate<T> found) {
    try {
      T value = call.get();
      return new Answer.Given<>(value, found.test(value));
    } catch (KubeApiException failure) {
      return new Answer.Failed<>(failure);
    }
  }

  private static <T> T await(CompletableFuture<Answer<T>> answer)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    try {
      return switch (answer.get()) {
        case Answer.Given<T>(T value, boolean _) -> value;
        case Answer.Failed<T>(KubeApiException failure) -> throw unresolved(failure);
      };
    } catch (ExecutionException defect) {
      throw new IllegalStateException(defect.getCause());
    }
  }

  /** What a failed call means: nothing is known, or (thrown as missing) we may not read it. */
  static UnresolvedException unresolved(KubeApiException failed) throws MissingReferenceException {
    String message = String.valueOf(failed.getMessage());
    if (failed.isRetriable()) {
      return new UnresolvedException(new Resolution.Retry(message));
    }
    throw new MissingReferenceException(message);
  }
}
