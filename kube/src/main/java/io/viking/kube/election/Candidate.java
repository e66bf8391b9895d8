package io.viking.kube.election;

/**
 * What works only while its process leads. Both are called by one thread, in turn, and may take
 * their time: the lease is renewed meanwhile.
 */
public interface Candidate {
  /**
   * Begins to work, with the world as it is now.
   *
   * @param tenure asked before each call that changes something; it may be over before this returns
   */
  void elected(Tenure tenure) throws Exception;

  /** Stops; returns when no call is under way any more. The next term comes after that. */
  void dismissed();
}
