package io.viking.chaos.plan;

/** A disk that can be filled: whose data lie on it. */
public enum Disk {
  CLOUD("the simulated cloud's disk"),
  ETCD("etcd's disk");

  private final String text;

  Disk(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
