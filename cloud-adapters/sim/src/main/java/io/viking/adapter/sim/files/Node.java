package io.viking.adapter.sim.files;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A file or a directory. Guarded by the lock of the trees that it stands in. */
abstract sealed class Node {
  /** Permission bits. */
  int mode;

  Instant modified;

  private Node(int mode, Instant modified) {
    this.mode = mode;
    this.modified = modified;
  }

  /** What it takes of its room, with all that stands below. */
  abstract long bytes();

  /** Files by their names. */
  static final class Directory extends Node {
    final NavigableMap<String, Node> children = new TreeMap<>();

    /** What is written below takes its room here. */
    final Room room;

    final boolean writable;

    Directory(int mode, Instant modified, Room room, boolean writable) {
      super(mode, modified);
      this.room = room;
      this.writable = writable;
    }

    Directory below(Instant now) {
      return new Directory(0755, now, room, writable);
    }

    @Override
    long bytes() {
      return children.values().stream().mapToLong(Node::bytes).sum();
    }
  }

  /** A regular file. The bytes are replaced as a whole, so a reader keeps what it began with. */
  static final class Content extends Node {
    ByteString bytes;

    Content(int mode, Instant modified, ByteString bytes) {
      super(mode, modified);
      this.bytes = bytes;
    }

    @Override
    long bytes() {
      return bytes.size();
    }
  }

  /** A file that is made as it is read, and takes what is written to it. */
  static final class Device extends Node {
    final boolean endless;

    Device(Instant modified, boolean endless) {
      super(0666, modified);
      this.endless = endless;
    }

    @Override
    long bytes() {
      return 0;
    }
  }
}
