package io.viking.cli.install;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.kube.client.PatchFormat;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts objects of viking's own into the API server, and takes them out. A call that may succeed
 * later is tried a few times. Safe for all threads.
 */
public final class Installer {
  private static final int TRIES = 5;

  private final KubeApi api;
  private final Duration pause;

  /** One call. */
  private interface Call {
    void run();
  }

  /**
   * @param pause between tries
   */
  public Installer(KubeApi api, Duration pause) {
    this.api = api;
    this.pause = pause;
  }

  /**
   * Makes the object what it should be, whatever is there, by server-side apply; one that is so
   * already is not written.
   *
   * @throws KubeApiException the API server refuses, or does not take it after some tries
   */
  public void apply(InstalledObject object) throws InterruptedException {
    AppliedContent wanted = AppliedContent.of(object);
    insist(
        () -> {
          if (!isThere(object, wanted)) {
            api.patch(
                object.type(),
                object.namespace(),
                object.name(),
                "",
                PatchFormat.APPLY,
                wanted.json().toString());
          }
        });
  }

  /** Whoever may not look, or does not know the kind, is told by the write. */
  private boolean isThere(InstalledObject object, AppliedContent wanted) {
    try {
      return api.get(object.type(), object.namespace(), object.name())
          .map(KubeJson.gson()::toJsonTree)
          .filter(wanted::isIn)
          .isPresent();
    } catch (KubeApiException failed) {
      if (failed.isRetriable()) {
        throw failed;
      }
      return false;
    }
  }

  /**
   * Makes the object if there is none of its name; one that is there stays as it is.
   *
   * @throws KubeApiException as {@link #apply}; 404: the API server does not know the type
   */
  public <T extends KubernetesObject> void createIfAbsent(ResourceType<T> type, T object)
      throws InterruptedException {
    insist(
        () -> {
          try {
            api.createUnread(type, "", object);
          } catch (KubeApiException failed) {
            if (!failed.isConflict()) {
              throw failed;
            }
          }
        });
  }

  /**
   * Deletes the object if there is one of that name.
   *
   * @throws KubeApiException as {@link #apply}
   */
  public <T extends KubernetesObject> void remove(ResourceType<T> type, String name)
      throws InterruptedException {
    insist(
        () -> {
          Optional<String> uid =
              api.get(type, "", name)
                  .map(found -> Objects.requireNonNull(found.getMetadata()).getUid());
          if (uid.isPresent()) {
            delete(type, name, uid.get());
          }
        });
  }

  private void delete(ResourceType<?> type, String name, String uid) {
    try {
      api.delete(type, "", name, uid, KubeApi.OWN_GRACE);
    } catch (KubeApiException failed) {
      if (!failed.isNotFound()) {
        throw failed;
      }
    }
  }

  private void insist(Call call) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        call.run();
        return;
      } catch (KubeApiException failed) {
        if (!failed.isRetriable() || tries == TRIES) {
          throw failed;
        }
        Thread.sleep(pause);
      }
    }
  }
}
