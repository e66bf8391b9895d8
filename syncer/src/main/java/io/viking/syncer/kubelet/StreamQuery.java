package io.viking.syncer.kubelet;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/** The queries of {@code /exec}, {@code /attach} and {@code /portForward}. Pure. */
final class StreamQuery {
  /** More would only be a mistake; each is a connection. */
  private static final int MOST_PORTS = 100;

  /** The streams that a caller of exec or attach wants; never stderr with a tty. */
  record Streams(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

  private StreamQuery() {}

  static Streams streams(Query query) throws InvalidQueryException {
    boolean tty = query.flag("tty");
    var streams =
        new Streams(query.flag("input"), query.flag("output"), query.flag("error") && !tty, tty);
    if (!streams.stdin() && !streams.stdout() && !streams.stderr()) {
      throw new InvalidQueryException(
          "you must specify at least 1 of stdin, stdout, stderr: input=1, output=1, error=1");
    }
    return streams;
  }

  static List<String> command(Query query) throws InvalidQueryException {
    List<String> command = query.all("command");
    if (command.isEmpty()) {
      throw new InvalidQueryException("command is missing: command=ls&command=-l");
    }
    return command;
  }

  /**
   * @return empty if the query names none
   */
  static List<Integer> ports(Query query) throws InvalidQueryException {
    List<Integer> ports = new ArrayList<>();
    for (String value : query.all("port")) {
      for (String port : Splitter.on(',').split(value)) {
        ports.add(port(port.strip()));
      }
    }
    if (ports.size() > MOST_PORTS) {
      throw new InvalidQueryException(
          "port names %d ports, but at most %d may be forwarded over one connection"
              .formatted(ports.size(), MOST_PORTS));
    }
    return ports;
  }

  private static int port(String value) throws InvalidQueryException {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException malformed) {
      // Told below, as for a number out of range.
    }
    throw new InvalidQueryException("port is \"" + value + "\", but must be from 1 to 65535");
  }
}
