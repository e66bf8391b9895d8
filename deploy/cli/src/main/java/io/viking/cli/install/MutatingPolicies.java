package io.viking.cli.install;

import io.kubernetes.client.openapi.models.V1MutatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1MutatingAdmissionPolicyBinding;
import io.viking.kube.cache.ResourceType;
import java.util.List;

/** Admission policies that change what is written, and what puts them into force. */
public final class MutatingPolicies {
  private static final String GROUP = "admissionregistration.k8s.io";

  private static final List<ResourceType<?>> TYPES =
      List.of(
          InstalledTypes.ofCluster(
              V1MutatingAdmissionPolicy.class, GROUP, "mutatingadmissionpolicies"),
          InstalledTypes.ofCluster(
              V1MutatingAdmissionPolicyBinding.class, GROUP, "mutatingadmissionpolicybindings"));

  private MutatingPolicies() {}

  /**
   * Those of a file beside a class, in the order in which they are applied: a policy, then what
   * puts it into force.
   */
  public static List<InstalledObject> of(Class<?> beside, String file) {
    return JarManifest.objects(JarManifest.text(beside, file), TYPES);
  }
}
