package io.viking.syncer.pods.files;

import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.UpdateFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Volumes of many instances → calls that keep within the adapter's limits. The volumes of an
 * instance stay together as far as they fit; each is atomic by itself.
 */
final class UpdateCalls {
  /** An item's tag and length, and its volume's. */
  private static final int OVERHEAD = 16;

  private final int mostItems;
  private final int mostBytes;
  private final List<List<UpdateFiles>> calls = new ArrayList<>();
  private List<UpdateFiles> call = new ArrayList<>();
  private int bytes;

  UpdateCalls(int mostItems, int mostBytes) {
    this.mostItems = mostItems;
    this.mostBytes = mostBytes;
  }

  /**
   * Adds what an instance shall get.
   *
   * @return the bytes of a volume that fits no call; 0: all of it was added. If not, none was
   */
  int add(String uid, List<FileVolume> volumes) {
    for (FileVolume volume : volumes) {
      int size = size(uid, volume);
      if (size > mostBytes) {
        return size;
      }
    }
    var item = UpdateFiles.newBuilder().setUid(uid);
    for (FileVolume volume : volumes) {
      int size = size(uid, volume);
      if (bytes + size > mostBytes || call.size() >= mostItems) {
        end(item);
        item = UpdateFiles.newBuilder().setUid(uid);
        close();
      }
      item.addVolumes(volume);
      bytes += size;
    }
    end(item);
    return 0;
  }

  /** The calls, to be made in this order. */
  List<List<UpdateFiles>> calls() {
    close();
    return List.copyOf(calls);
  }

  private void end(UpdateFiles.Builder item) {
    if (item.getVolumesCount() > 0) {
      call.add(item.build());
    }
  }

  private void close() {
    if (!call.isEmpty()) {
      calls.add(List.copyOf(call));
    }
    call = new ArrayList<>();
    bytes = 0;
  }

  private static int size(String uid, FileVolume volume) {
    return volume.getSerializedSize() + uid.length() + OVERHEAD;
  }
}
