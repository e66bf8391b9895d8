package io.viking.kube.election;

/**
 * Whether calls that change something may be made at this moment. Asked right before each of them;
 * any thread; never blocks. What was open may be closed an instant later, so a call must also be
 * harmless when it comes too late.
 */
@FunctionalInterface
public interface Fence {
  /** Of a process that has no rivals. */
  Fence OPEN = () -> true;

  boolean isOpen();
}
