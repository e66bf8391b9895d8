package io.viking.kube.events;

/**
 * Tells users what happened to an object, as Kubernetes Events.
 *
 * <p>Returns at once and never throws. Normal events are best effort: they wait in a bounded queue
 * that gives way to the loops' own calls and sheds under load, counting what it shed. Warnings are
 * not shed. Repetitions of one event are counted up on the first.
 */
public interface EventRecorder {
  /** Something went as it should: reason in CamelCase ("Scheduled"), message one sentence. */
  void normal(EventTarget target, String reason, String message);

  /** Something needs attention. */
  void warning(EventTarget target, String reason, String message);
}
