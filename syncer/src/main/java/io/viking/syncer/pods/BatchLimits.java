package io.viking.syncer.pods;

import io.viking.cloud.v1.Limits;

/** What fits one call to the adapter. */
public record BatchLimits(int items, int bytes) {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  /** The call's own fields around its items. */
  private static final int ENVELOPE = 512;

  /** An item's tag and length. */
  private static final int ITEM_OVERHEAD = 8;

  /** Of what GetInfo said. */
  public static BatchLimits of(Limits limits) {
    int bytes = limits.getBatchBytes() <= 0 ? MOST_BYTES : limits.getBatchBytes();
    return new BatchLimits(
        Math.max(1, limits.getInstanceBatchItems()), Math.min(bytes, MOST_BYTES) - ENVELOPE);
  }

  static int sizeOf(com.google.protobuf.MessageLite item) {
    return item.getSerializedSize() + ITEM_OVERHEAD;
  }
}
