package io.viking.cli.hybrid;

import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.Installer;
import io.viking.kube.client.KubeApiException;

/**
 * Puts the policies into force by which pods of a hybrid cluster choose zones. They are applied at
 * every start and never removed: without them, pods made while viking is down would go to machines.
 */
public final class ChoicePolicy {
  private final Installer installer;

  /** How it went. */
  public sealed interface Outcome {
    /** The API server has them; pods made from a second or two later on are looked at. */
    record Applied() implements Outcome {}

    /**
     * It has not, or not all of them.
     *
     * @param why one sentence, which says how pods choose zones nevertheless
     */
    record Missing(String why) implements Outcome {}
  }

  public ChoicePolicy(Installer installer) {
    this.installer = installer;
  }

  /** Applies all of them, whatever is there. */
  public Outcome apply() throws InterruptedException {
    for (InstalledObject document : ChoiceManifest.documents()) {
      try {
        installer.apply(document);
      } catch (KubeApiException refused) {
        return new Outcome.Missing(sentence(document, refused));
      }
    }
    return new Outcome.Applied();
  }

  private static String sentence(InstalledObject document, KubeApiException refused) {
    String why =
        switch (refused.code()) {
          case 404 ->
              "this API server has no %s (Kubernetes has them on by default from 1.36)"
                  .formatted(document.type().kind());
          case 401, 403 ->
              "viking may not write %s (%s): allow it, or say --no-choice-policy"
                  .formatted(document.type().plural(), message(refused));
          default -> "%s was not applied: %s".formatted(document.name(), message(refused));
        };
    return why
        + "; only pods with \"schedulerName: viking\" go to zones, labels and tolerations choose none";
  }

  private static String message(KubeApiException refused) {
    return String.valueOf(refused.getMessage());
  }
}
