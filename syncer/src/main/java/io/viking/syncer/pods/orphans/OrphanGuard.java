package io.viking.syncer.pods.orphans;

/**
 * Decides whether instances without pods may be deleted.
 *
 * <p>One by one they are what crashes and forced deletes leave behind. Many at once more likely
 * mean that the API server lost its memory (an old backup was restored), and then deleting is the
 * worst that could be done. So more than ten that are more than a fifth of all are held, all of
 * them, until somebody decides or none is left; growing the rest does not make them fewer.
 */
public final class OrphanGuard {
  /** So many go without anybody being asked, also if they are all that there are. */
  public static final int FEW = 10;

  private static final int SHARE = 5;

  private final int few;
  private boolean holding;

  public OrphanGuard() {
    this(FEW);
  }

  /**
   * @param few in the place of {@link #FEW}, for one who sees a part of all
   */
  public OrphanGuard(int few) {
    this.few = few;
  }

  /**
   * Looks at the numbers anew.
   *
   * @param suspects instances without a pod that nobody has approved the deletion of
   * @param instances all instances that live
   * @return whether suspects must be left alone
   */
  public boolean holds(int suspects, int instances) {
    if (suspects == 0) {
      holding = false;
    } else if (suspects > few && (long) suspects * SHARE > instances) {
      holding = true;
    }
    return holding;
  }
}
