package io.viking.chaos.plan;

/** A process that can be killed or frozen. */
public enum Target {
  SYNCER("syncer"),
  SCHEDULER("scheduler"),
  SIM("sim"),
  API_SERVER("kube-apiserver"),
  ETCD("etcd");

  private final String process;

  Target(String process) {
    this.process = process;
  }

  /** As its supervisor calls it. */
  public String process() {
    return process;
  }
}
