package io.viking.bench.workload;

/** Whether pods mount a ServiceAccount token, which costs one more write each. */
public enum TokenUse {
  WITH("with token"),
  WITHOUT("without token");

  private final String words;

  TokenUse(String words) {
    this.words = words;
  }

  /** As reports say it: "with token". */
  public String words() {
    return words;
  }

  public boolean mounts() {
    return this == WITH;
  }
}
