package io.viking.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes what is applied, made and removed, after the failures of writes that it was given. Objects
 * are known as {@code plural/name}. For one thread at a time.
 */
public final class ApplyingApi extends UnsupportedKubeApi {
  private final Deque<Optional<KubeApiException>> answers = new ArrayDeque<>();
  private final Map<String, KubernetesObject> there = new HashMap<>();
  private final List<String> applied = new ArrayList<>();
  private final List<String> created = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();

  /** The next write ends so; writes after it take what else was given, in order. */
  public synchronized void failNext(KubeApiException failure) {
    answers.add(Optional.of(failure));
  }

  /** The next write, after those that answers were given for, is answered as usual. */
  public synchronized void answerNext() {
    answers.add(Optional.empty());
  }

  /** An object that somebody has made before. */
  public synchronized <T extends KubernetesObject> void put(ResourceType<T> type, T object) {
    there.put(key(type, String.valueOf(object.getMetadata().getName())), object);
  }

  public synchronized List<String> applied() {
    return List.copyOf(applied);
  }

  public synchronized List<String> created() {
    return List.copyOf(created);
  }

  public synchronized List<String> deleted() {
    return List.copyOf(deleted);
  }

  @Override
  public synchronized void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    failIfTold();
    assertThat(format).isEqualTo(PatchFormat.APPLY);
    applied.add(key(type, name));
    KubernetesObject object = KubeJson.read(withoutZeros(json), type.type());
    object.getMetadata().setUid(key(type, name));
    there.put(key(type, name), object);
  }

  /** As a server in Go answers: a number or a flag that says nothing is left out. */
  private static String withoutZeros(String json) {
    return json.replaceAll(",\"\\w+\":(0|false)(?=[,}])", "");
  }

  @Override
  public synchronized <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    return Optional.ofNullable(there.get(key(type, name))).map(type.type()::cast);
  }

  @Override
  public synchronized <T extends KubernetesObject> T create(
      ResourceType<T> type, String namespace, T object) {
    failIfTold();
    String key = key(type, String.valueOf(object.getMetadata().getName()));
    if (there.putIfAbsent(key, object) != null) {
      throw new KubeApiException(409, "AlreadyExists", key + " already exists", Optional.empty());
    }
    created.add(key);
    return object;
  }

  @Override
  public synchronized void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    failIfTold();
    KubernetesObject gone = there.remove(key(type, name));
    assertThat(gone.getMetadata().getUid()).isEqualTo(uid);
    deleted.add(key(type, name));
  }

  private void failIfTold() {
    Optional<KubeApiException> failure = answers.isEmpty() ? Optional.empty() : answers.remove();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private static String key(ResourceType<?> type, String name) {
    return type.plural() + "/" + name;
  }
}
