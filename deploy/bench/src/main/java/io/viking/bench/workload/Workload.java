package io.viking.bench.workload;

import io.viking.bench.watch.PodTimes;
import java.util.List;

/** The pods of a storm, as a client makes and deletes them. */
public interface Workload {
  /**
   * Asks for all pods; returns when all that the client itself creates was accepted.
   *
   * @throws io.viking.kube.client.KubeApiException a call was refused
   */
  void create() throws InterruptedException;

  /**
   * Asks for the deletion of all of them; returns when all that was accepted.
   *
   * @param present the pods that there are
   * @throws io.viking.kube.client.KubeApiException a call was refused
   */
  void delete(List<PodTimes> present) throws InterruptedException;
}
