package io.viking.adapter.sim.core;

import io.viking.adapter.sim.profile.ZoneProfile.VSwitchProfile;
import java.util.BitSet;

/**
 * The addresses of one vSwitch. As in the cloud, the first of the network and the last three are
 * nobody's. An address that came back is given again as late as possible.
 */
final class AddressPool {
  private static final int FIRST = 1;
  private static final int LAST_RESERVED = 3;

  final VSwitchProfile profile;
  private final BitSet taken = new BitSet();
  private final int end;
  private int free;
  private int cursor = FIRST;

  AddressPool(VSwitchProfile profile) {
    this.profile = profile;
    this.end = profile.cidr().size() - LAST_RESERVED;
    this.free = end - FIRST;
  }

  int free() {
    return free;
  }

  int cursor() {
    return cursor;
  }

  void cursor(int offset) {
    cursor = Math.clamp(offset, FIRST, end);
  }

  /** The offset of a free address, which is taken from now on; only if there is one. */
  int take() {
    int offset = taken.nextClearBit(cursor);
    if (offset >= end) {
      offset = taken.nextClearBit(FIRST);
    }
    claim(offset);
    cursor = offset + 1;
    return offset;
  }

  void claim(int offset) {
    if (offset < FIRST || offset >= end || taken.get(offset)) {
      throw new IllegalStateException(
          "address " + profile.cidr().address(offset) + " of " + profile.id() + " is not free");
    }
    taken.set(offset);
    free--;
  }

  void release(int offset) {
    taken.clear(offset);
    free++;
  }

  String address(int offset) {
    return profile.cidr().address(offset);
  }
}
