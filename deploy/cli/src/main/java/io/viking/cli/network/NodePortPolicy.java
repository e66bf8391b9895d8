package io.viking.cli.network;

import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.Installer;
import io.viking.cli.install.MutatingPolicies;
import io.viking.kube.client.KubeApiException;
import java.util.List;
import java.util.Optional;

/**
 * The policy by which Services of type LoadBalancer are given no node ports, in a cluster that has
 * no machines. Applied at every start.
 */
public final class NodePortPolicy {
  private final Installer installer;

  public NodePortPolicy(Installer installer) {
    this.installer = installer;
  }

  /**
   * Applies it, whatever is there; Services made from a second or two later on are looked at.
   *
   * @return why it is not there, in one sentence
   */
  public Optional<String> apply() throws InterruptedException {
    try {
      for (InstalledObject object : objects()) {
        installer.apply(object);
      }
      return Optional.empty();
    } catch (KubeApiException refused) {
      return Optional.of(
          "the policy that saves Services of type LoadBalancer their node ports was not written (%s); they are given some, which nobody opens"
              .formatted(refused.getMessage()));
    }
  }

  static List<InstalledObject> objects() {
    return MutatingPolicies.of(NodePortPolicy.class, "services.yaml");
  }
}
