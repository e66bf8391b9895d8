package io.viking.adapter.sim.files;

import com.google.protobuf.ByteString;

/**
 * A file of a volume that came as files.
 *
 * @param path relative to the volume
 * @param mode permission bits
 * @param content may be secret
 */
public record FileContent(String path, int mode, ByteString content) {
  @Override
  public String toString() {
    return path;
  }
}
