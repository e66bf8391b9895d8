package io.viking.syncer.pods.lifecycle;

/** Why a pod has no instance yet, as its status tells it. */
public sealed interface Trouble {
  /**
   * Containers wait for something, in the kubelet's words.
   *
   * @param container {@code ""} = all of them
   */
  record Waiting(String container, String reason, String message) implements Trouble {}

  /** The condition ContainerInstanceCreated is False. */
  record NotCreated(String reason, String message) implements Trouble {}

  /** The pod would rather fail than wait for it. */
  record Fatal(String reason, String message) implements Trouble {}
}
