package io.viking.adapter.sim.spec;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.state.FileUpdate;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.UpdateFiles;
import java.util.Map;

/** Understands an update of files, or says why it never can be honoured. */
public sealed interface FileUpdates {
  /**
   * @param contents by hash, what the update refers to; may be secret
   */
  record Understood(FileUpdate update, Map<ByteString, ByteString> contents)
      implements FileUpdates {}

  /** INVALID_SPEC, with the field. */
  record Rejected(CloudFailure failure) implements FileUpdates {}

  static FileUpdates parse(UpdateFiles update) {
    FileOrders files = new FileOrders();
    try {
      ByteString volumes = files.add(update.getVolumesList());
      return new Understood(
          FileUpdate.newBuilder().setUid(update.getUid()).setFiles(volumes).build(),
          files.contents());
    } catch (SpecRejected e) {
      return new Rejected(e.failure());
    }
  }
}
