package io.viking.cli.door;

import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.Installer;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts what refuses into force, as the pool is: applied at every start and never removed. A
 * DoorPolicy that is there is left as it is; what warns comes and goes with its words ({@link
 * DoorWarnings}).
 */
public final class Door {
  /** A new kind of object is served a moment after its definition was taken. */
  private static final int LOOKS = 100;

  private final Installer installer;
  private final Duration pause;

  /** How it went. */
  public sealed interface Outcome {
    /** The API server has it all, and goes by it a moment later. */
    record Applied() implements Outcome {}

    /**
     * It has not, or not all of it.
     *
     * @param why one sentence, which says what happens instead
     */
    record Missing(String why) implements Outcome {}
  }

  /**
   * @param pause between looks whether a new kind of object is served
   */
  public Door(Installer installer, Duration pause) {
    this.installer = installer;
    this.pause = pause;
  }

  /**
   * @param info what the adapter says of itself and its pool
   */
  public Outcome apply(GetInfoResponse info, Scope scope) throws InterruptedException {
    String what = DoorPolicy.TYPE.plural();
    try {
      installer.apply(DoorPolicyDefinition.object());
      makeDefaults();
      List<Gate> gates = Gates.of(info, scope);
      for (InstalledObject object : DoorManifest.of(gates, Action.REFUSE)) {
        what = object.type().plural();
        installer.apply(object);
      }
      removeOthers(gates);
    } catch (KubeApiException refused) {
      return new Outcome.Missing(sentence(what, refused));
    }
    return new Outcome.Applied();
  }

  /**
   * One that is there keeps its words: this one says none. It is applied and not created, since the
   * API server holds what is created of a new kind back for two seconds.
   */
  private void makeDefaults() throws InterruptedException {
    for (int looks = 1; ; looks++) {
      try {
        installer.apply(DoorPolicy.object());
        return;
      } catch (KubeApiException failed) {
        if (!failed.isNotFound() || looks == LOOKS) {
          throw failed;
        }
        Thread.sleep(pause);
      }
    }
  }

  /** What another scope or pool had. */
  private void removeOthers(List<Gate> gates) throws InterruptedException {
    Set<String> others = new TreeSet<>(Gates.NAMES);
    others.removeAll(gates.stream().map(Gate::name).collect(Collectors.toSet()));
    for (String name : others) {
      for (Action action : Action.values()) {
        remove(installer, name, action);
      }
    }
  }

  static void remove(Installer installer, String gate, Action action) throws InterruptedException {
    installer.remove(DoorManifest.BINDINGS, gate + action.suffix());
    installer.remove(DoorManifest.POLICIES, gate + action.suffix());
  }

  private static String sentence(String what, KubeApiException refused) {
    String why =
        switch (refused.code()) {
          case 404 ->
              "this API server does not take %s (Kubernetes has ValidatingAdmissionPolicies from 1.30)"
                  .formatted(what);
          case 401, 403 ->
              "viking may not write the admission policies (%s): allow it, or say --no-door"
                  .formatted(refused.getMessage());
          default -> "the admission policies were not applied: %s".formatted(refused.getMessage());
        };
    return why
        + "; what the pool cannot honour is not refused when it is made, but told later or"
        + " left out";
  }
}
