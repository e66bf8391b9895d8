package io.viking.cli.door;

/** Whose pods the door looks at. */
public enum Scope {
  /** All: nothing but the pool runs pods in this cluster. */
  EVERY_POD,
  /** In a hybrid cluster those that chose zones; machines run the others. */
  CHOSEN_PODS
}
