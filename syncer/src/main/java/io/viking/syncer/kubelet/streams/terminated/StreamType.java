package io.viking.syncer.kubelet.streams.terminated;

import java.util.Optional;

/** The streams of a command, with their names over SPDY and their channels over WebSocket. */
enum StreamType {
  STDIN("stdin", 0),
  STDOUT("stdout", 1),
  STDERR("stderr", 2),
  ERROR("error", 3),
  RESIZE("resize", 4);

  private final String header;
  private final int channel;

  StreamType(String header, int channel) {
    this.header = header;
    this.channel = channel;
  }

  static Optional<StreamType> ofHeader(String value) {
    for (StreamType type : values()) {
      if (type.header.equals(value)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int channel() {
    return channel;
  }
}
