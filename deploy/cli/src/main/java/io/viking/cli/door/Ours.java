package io.viking.cli.door;

/**
 * Which pods of a hybrid cluster are looked at. By the time a pod comes to the door the choice
 * (hybrid/choice.yaml) has been made and is its scheduler; a template is of ours if its pods will
 * be, by the same rules.
 */
final class Ours {
  private static final String KEYS = "['alibabacloud.com/eci', 'eci']";

  private Ours() {}

  /** A condition on {@code object}, a pod. */
  static String pod(Scope scope, String condition) {
    return switch (scope) {
      case EVERY_POD -> condition;
      case CHOSEN_PODS ->
          "object.spec.?schedulerName.orValue('') == 'viking' &&\n(" + condition + ")";
    };
  }

  /** A condition on {@code variables.template}; it may ask the namespace. */
  static String template(Scope scope) {
    return switch (scope) {
      case EVERY_POD -> "true";
      case CHOSEN_PODS ->
          """
          variables.spec.?schedulerName.orValue('') == 'viking' ||
          variables.spec.?schedulerName.orValue('') in ['', 'default-scheduler'] &&
          variables.spec.?nodeName.orValue('') == '' &&
          (%1$s.exists(key, %2$s[?key].orValue('') == 'true') ||
           %3$s.exists(t,
             t.?key.orValue('') == 'virtual-kubelet.io/provider' &&
             t.?effect.orValue('') in ['', 'NoSchedule'] &&
             (t.?operator.orValue('') == 'Exists' || t.?value.orValue('') == 'viking')) ||
           %1$s.exists(key, dyn(namespaceObject).metadata.?labels[?key].orValue('') == 'true') &&
           !%1$s.exists(key, %2$s[?key].orValue('') == 'false'))"""
              .formatted(
                  KEYS,
                  "variables.template.?metadata.?labels",
                  Cel.items("variables.spec", "tolerations"));
    };
  }
}
