package io.viking.adapter.sim.spec;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.core.Contents;
import io.viking.adapter.sim.files.FileTree;
import io.viking.adapter.sim.state.Entry;
import io.viking.adapter.sim.state.Files;
import io.viking.adapter.sim.state.Volume;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the contents out of what is asked for, and leaves their hashes. */
final class FileOrders {
  /** Parts of a path that lead out of the volume, or nowhere. */
  private static final Set<String> OUTSIDE = Set.of("", ".", "..");

  /** Of a path that is too long. */
  private static final int SHOWN = 64;

  private final Map<ByteString, ByteString> contents = new HashMap<>();

  Map<ByteString, ByteString> contents() {
    return Map.copyOf(contents);
  }

  /** The hash of a content. */
  ByteString add(ByteString content) {
    ByteString hash = Contents.hash(content);
    contents.put(hash, content);
    return hash;
  }

  /** A Files, as bytes. */
  ByteString add(List<FileVolume> volumes) throws SpecRejected {
    Files.Builder files = Files.newBuilder();
    for (FileVolume volume : volumes) {
      Volume.Builder ours = Volume.newBuilder().setName(volume.getVolume());
      for (File file : volume.getFilesList()) {
        checkPath(volume.getVolume(), file.getPath());
        ours.addEntries(
            Entry.newBuilder()
                .setPath(file.getPath())
                .setMode(file.getMode())
                .setHash(add(file.getContent())));
      }
      files.addVolumes(ours);
    }
    return files.build().toByteString();
  }

  private static void checkPath(String volume, String path) throws SpecRejected {
    if (path.isEmpty() || Arrays.stream(path.split("/", -1)).anyMatch(OUTSIDE::contains)) {
      throw SpecRejected.invalid(
          "files[" + volume + "].path",
          path,
          "leads out of its volume: write a relative path with forward slashes and without \"..\"");
    }
    checkLength("files[" + volume + "].path", path);
  }

  /** Of any path that a tree is made of. */
  static void checkLength(String field, String path) throws SpecRejected {
    if (path.length() > FileTree.LONGEST_PATH) {
      throw SpecRejected.invalid(
          field,
          path.substring(0, SHOWN) + "…",
          "is longer than " + FileTree.LONGEST_PATH + " characters: shorten it");
    }
  }
}
