package io.viking.cli.door;

import io.kubernetes.client.openapi.models.V1MatchCondition;
import io.kubernetes.client.openapi.models.V1MatchResources;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ParamKind;
import io.kubernetes.client.openapi.models.V1ParamRef;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicyBinding;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicyBindingSpec;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicySpec;
import io.kubernetes.client.openapi.models.V1Validation;
import io.kubernetes.client.openapi.models.V1Variable;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.InstalledTypes;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gates as ValidatingAdmissionPolicies: for each one that refuses and, where any rule warns, one
 * that warns. Which of the two does something about a rule is the DoorPolicy's word, read with each
 * object. Pure.
 */
final class DoorManifest {
  static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "viking");

  private static final String GROUP = "admissionregistration.k8s.io";

  static final ResourceType<V1ValidatingAdmissionPolicy> POLICIES =
      InstalledTypes.ofCluster(
          V1ValidatingAdmissionPolicy.class, GROUP, "validatingadmissionpolicies");

  static final ResourceType<V1ValidatingAdmissionPolicyBinding> BINDINGS =
      InstalledTypes.ofCluster(
          V1ValidatingAdmissionPolicyBinding.class, GROUP, "validatingadmissionpolicybindings");

  /** The API server drops a message of more than 5 KiB; few of its characters have two bytes. */
  private static final int LONGEST_MESSAGE = 4000;

  private static final String RULES = "dyn(params).?spec.?rules";

  private DoorManifest() {}

  /**
   * Those that do this, in the order in which they are applied: a policy, then what puts it into
   * force.
   */
  static List<InstalledObject> of(List<Gate> gates, Action action) {
    List<InstalledObject> objects = new ArrayList<>();
    for (Gate gate : gates) {
      objects.add(policy(gate, action));
      objects.add(binding(gate.name() + action.suffix(), action));
    }
    return List.copyOf(objects);
  }

  private static InstalledObject policy(Gate gate, Action action) {
    List<V1Variable> variables = new ArrayList<>(gate.variables());
    for (Finding finding : gate.findings()) {
      variables.add(Gate.variable(finding.id(), finding.lines()));
    }
    variables.add(
        Gate.variable(
            "findings",
            Cel.plus(gate.findings().stream().map(finding -> ifRuled(finding, action)).toList())));
    variables.add(Gate.variable("message", "variables.findings.join('; ')"));
    String name = gate.name() + action.suffix();
    V1ValidatingAdmissionPolicy policy =
        new V1ValidatingAdmissionPolicy()
            .apiVersion("admissionregistration.k8s.io/v1")
            .kind(POLICIES.kind())
            .metadata(new V1ObjectMeta().name(name).labels(LABELS))
            .spec(
                new V1ValidatingAdmissionPolicySpec()
                    // A defect of the door must not stop a cluster's pods: the syncer and the pool
                    // refuse, too, if later.
                    .failurePolicy("Ignore")
                    .paramKind(
                        new V1ParamKind()
                            .apiVersion(DoorPolicy.TYPE.group() + "/" + DoorPolicy.TYPE.version())
                            .kind(DoorPolicy.TYPE.kind()))
                    .matchConstraints(new V1MatchResources().resourceRules(gate.resources()))
                    .matchConditions(
                        List.of(
                            new V1MatchCondition()
                                .name("may-find-something")
                                .expression(suspect(gate, action))))
                    .variables(variables)
                    .validations(List.of(validation())));
    return new InstalledObject(POLICIES, name, KubeJson.write(policy));
  }

  private static String ifRuled(Finding finding, Action action) {
    return "(%s.?%s.orValue('%s') == '%s' ? variables.%s : [])"
        .formatted(RULES, finding.rule().key(), Action.REFUSE.key(), action.key(), finding.id());
  }

  /** The API server evaluates a policy's messages for every object that comes as far as that. */
  private static String suspect(Gate gate, Action action) {
    return switch (action) {
      case REFUSE -> gate.suspect();
      case WARN ->
          "%1$s.hasValue() && %1$s.value().exists(rule, %1$s.value()[rule] == '%2$s') &&\n(%3$s)"
              .formatted(RULES, Action.WARN.key(), gate.suspect());
    };
  }

  private static V1Validation validation() {
    return new V1Validation()
        .expression("variables.findings.size() == 0")
        .messageExpression(
            "variables.message.size() <= %1$d ? variables.message : variables.message.substring(0, %1$d) + ' …'"
                .formatted(LONGEST_MESSAGE))
        .message("the pool cannot honour it; see docs/compatibility.md of viking");
  }

  private static InstalledObject binding(String policy, Action action) {
    V1ValidatingAdmissionPolicyBinding binding =
        new V1ValidatingAdmissionPolicyBinding()
            .apiVersion("admissionregistration.k8s.io/v1")
            .kind(BINDINGS.kind())
            .metadata(new V1ObjectMeta().name(policy).labels(LABELS))
            .spec(
                new V1ValidatingAdmissionPolicyBindingSpec()
                    .policyName(policy)
                    .validationActions(List.of(action.validationAction()))
                    // Who deletes the DoorPolicy opens the door, and stops no pod.
                    .paramRef(
                        new V1ParamRef().name(DoorPolicy.NAME).parameterNotFoundAction("Allow")));
    return new InstalledObject(BINDINGS, policy, KubeJson.write(binding));
  }
}
