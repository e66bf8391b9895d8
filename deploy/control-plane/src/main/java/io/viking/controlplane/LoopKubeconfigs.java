package io.viking.controlplane;

import java.nio.file.Path;

/**
 * By which file each of viking's own processes comes to the API server.
 *
 * @param operator of {@code viking up} itself: whoever may install objects and rights
 * @param together of scheduler and syncer in one process
 * @param scheduler of a scheduler in a process of its own
 * @param syncer of a syncer in a process of its own
 * @see LoopUsers
 */
public record LoopKubeconfigs(Path operator, Path together, Path scheduler, Path syncer) {
  /** Where all are the same user: in a cluster whose users are not ours to make. */
  public static LoopKubeconfigs all(Path kubeconfig) {
    return new LoopKubeconfigs(kubeconfig, kubeconfig, kubeconfig, kubeconfig);
  }

  /** Whether the processes are users of their own, who need rights of their own. */
  public boolean areApart() {
    return !scheduler.equals(operator);
  }
}
