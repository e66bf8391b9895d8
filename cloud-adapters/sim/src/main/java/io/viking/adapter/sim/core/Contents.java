package io.viking.adapter.sim.core;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.viking.adapter.sim.state.Blob;
import io.viking.adapter.sim.state.Entry;
import io.viking.adapter.sim.state.Files;
import io.viking.adapter.sim.state.Inside;
import io.viking.adapter.sim.state.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes of files and the like, each kept once however many instances refer to it, and as long as
 * one does. They may be secret: nothing here prints them.
 */
public final class Contents {
  /** Enough that no two contents share a hash by accident or by intent. */
  private static final int HASH_BYTES = 16;

  private final Map<ByteString, Kept> byHash = new HashMap<>();

  private static final class Kept {
    final ByteString content;
    int holders;

    Kept(ByteString content) {
      this.content = content;
    }
  }

  public static ByteString hash(ByteString content) {
    return ByteString.copyFrom(
        Hashing.sha256().hashBytes(content.asReadOnlyByteBuffer()).asBytes(), 0, HASH_BYTES);
  }

  /** A Files that stands in a state, read. */
  public static Files files(ByteString written) {
    try {
      return Files.parseFrom(written);
    } catch (InvalidProtocolBufferException e) {
      throw new SnapshotException("the files of an instance cannot be read: " + e.getMessage());
    }
  }

  /** An Inside that an instance has. */
  public Inside inside(ByteString hash) {
    try {
      return Inside.parseFrom(get(hash));
    } catch (InvalidProtocolBufferException e) {
      throw new SnapshotException("the inside of an instance cannot be read: " + e.getMessage());
    }
  }

  public static Map<ByteString, ByteString> byHash(List<Blob> blobs) {
    Map<ByteString, ByteString> contents = new HashMap<>();
    blobs.forEach(blob -> contents.put(blob.getHash(), blob.getContent()));
    return contents;
  }

  public static List<Blob> blobs(Map<ByteString, ByteString> contents) {
    List<Blob> blobs = new ArrayList<>();
    contents.forEach(
        (hash, content) -> blobs.add(Blob.newBuilder().setHash(hash).setContent(content).build()));
    return blobs;
  }

  /** Those of the contents that nothing has that lives. */
  public Map<ByteString, ByteString> missing(Map<ByteString, ByteString> contents) {
    Map<ByteString, ByteString> missing = new HashMap<>(contents);
    missing.keySet().removeIf(byHash::containsKey);
    return missing;
  }

  /**
   * @throws SnapshotException if nobody holds it
   */
  public ByteString get(ByteString hash) {
    Kept kept = byHash.get(hash);
    if (kept == null) {
      throw new SnapshotException("the content of a file is missing in the state");
    }
    return kept.content;
  }

  /** One holder more; the content is taken from those supplied if it is new. */
  void hold(ByteString hash, Map<ByteString, ByteString> supplied) {
    if (hash.isEmpty()) {
      return;
    }
    Kept kept = byHash.get(hash);
    if (kept == null) {
      ByteString content = supplied.get(hash);
      if (content == null) {
        throw new SnapshotException("the content of a file is missing in the state");
      }
      kept = new Kept(content);
      byHash.put(hash, kept);
    }
    kept.holders++;
  }

  /** One holder less; what nobody holds is forgotten. */
  void release(ByteString hash) {
    Kept kept = byHash.get(hash);
    if (kept != null && --kept.holders == 0) {
      byHash.remove(hash);
    }
  }

  /** Holds all that a Files refers to. */
  void holdFiles(ByteString written, Map<ByteString, ByteString> supplied) {
    hashes(written).forEach(hash -> hold(hash, supplied));
  }

  void releaseFiles(ByteString written) {
    hashes(written).forEach(this::release);
  }

  /** In an order that depends on the contents alone. */
  List<Blob> save() {
    Map<ByteString, ByteString> sorted =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    byHash.forEach((hash, kept) -> sorted.put(hash, kept.content));
    return blobs(sorted);
  }

  private static List<ByteString> hashes(ByteString written) {
    if (written.isEmpty()) {
      return List.of();
    }
    List<ByteString> hashes = new ArrayList<>();
    for (Volume volume : files(written).getVolumesList()) {
      for (Entry entry : volume.getEntriesList()) {
        hashes.add(entry.getHash());
      }
    }
    return hashes;
  }
}
