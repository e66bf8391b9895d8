package io.viking.kube.election;

/**
 * Where a process stands towards its lease.
 *
 * @param leads whether it holds it
 * @param leader who holds it as far as is known; "" for nobody
 */
public record Standing(boolean leads, String leader) {
  static final Standing NOTHING = new Standing(false, "");
}
