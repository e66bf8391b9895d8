package io.viking.kube.client;

import org.jspecify.annotations.Nullable;

/**
 * Makes and reads objects of one generated model without reflection. Implementations are spun by
 * {@link FieldAccessCode}.
 */
abstract class FieldAccess {
  FieldAccess() {}

  abstract Object create();

  /**
   * @param field its place in {@link ModelFields}
   */
  abstract @Nullable Object get(Object model, int field);

  /**
   * @param field its place in {@link ModelFields}
   * @param value of the field's type; where that is an interface nobody checks it here
   */
  abstract void set(Object model, int field, @Nullable Object value);
}
