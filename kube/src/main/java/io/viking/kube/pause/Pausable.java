package io.viking.kube.pause;

/** What can hold still. Both are called by one thread, in turn, and may take their time. */
public interface Pausable {
  /**
   * Stops watching and acting; returns when no call is under way any more.
   *
   * @param holder who asked for it
   */
  void pause(String holder);

  /** Goes on, with the world as it is now. */
  void resume();
}
