package io.viking.kube.client;

/**
 * Which objects of a kind. Each part is {@code ""} for no restriction.
 *
 * @param labelSelector as in {@code kubectl get -l}
 * @param fieldSelector as in {@code kubectl get --field-selector}
 */
public record Selection(String namespace, String labelSelector, String fieldSelector) {
  public static final Selection ALL = new Selection("", "", "");

  public static Selection namespace(String namespace) {
    return new Selection(namespace, "", "");
  }

  public Selection withLabels(String selector) {
    return new Selection(namespace, selector, fieldSelector);
  }

  public Selection withFields(String selector) {
    return new Selection(namespace, labelSelector, selector);
  }
}
