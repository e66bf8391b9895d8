package io.viking.adapter.kit.transport;

import java.nio.file.Path;

/**
 * Where an adapter is served: {@code inprocess:NAME}, {@code unix:/path/to.sock} or {@code
 * tcp:host:port}. {@link #toString} gives the form that {@link #parse} takes.
 */
public sealed interface AdapterAddress {
  /** Within this JVM. */
  record InProcess(String name) implements AdapterAddress {
    public InProcess {
      if (name.isBlank()) {
        throw new IllegalArgumentException(
            "The address \"inprocess:\" names no server; write inprocess:NAME.");
      }
    }

    @Override
    public String toString() {
      return "inprocess:" + name;
    }
  }

  /** On this machine (Linux). The path is absolute and at most 104 bytes long. */
  record UnixSocket(Path path) implements AdapterAddress {
    /** What sockaddr_un holds on every system, without its closing zero. */
    static final int MAX_BYTES = 104;

    public UnixSocket {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException(
            "The socket path \"%s\" is relative; write it from the root: unix:/run/viking/x.sock."
                .formatted(path));
      }
      int bytes = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "The socket path \"%s\" is %d bytes long; a Unix socket takes at most %d. Choose a shorter directory."
                .formatted(path, bytes, MAX_BYTES));
      }
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /** Over the network. Port 0, for a server: any free one. */
  record Tcp(String host, int port) implements AdapterAddress {
    public Tcp {
      if (host.isBlank() || port < 0 || port > 65535) {
        throw new IllegalArgumentException(
            "The address \"tcp:%s:%d\" needs a host and a port of 0 to 65535: tcp:127.0.0.1:7443."
                .formatted(host, port));
      }
    }

    @Override
    public String toString() {
      return "tcp:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads an address. An IPv6 host stands in brackets.
   *
   * @throws IllegalArgumentException with a sentence that names the text and the form that is taken
   */
  static AdapterAddress parse(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    return switch (scheme) {
      case "inprocess" -> new InProcess(rest);
      case "unix" -> new UnixSocket(Path.of(rest));
      case "tcp" -> tcp(text, rest);
      default ->
          throw new IllegalArgumentException(
              "The adapter address \"%s\" is none of inprocess:NAME, unix:/path, tcp:host:port."
                  .formatted(text));
    };
  }

  private static Tcp tcp(String text, String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String host = colon < 0 ? "" : hostAndPort.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    try {
      if (host.contains(":") == bracketed) {
        return new Tcp(
            bracketed ? host.substring(1, host.length() - 1) : host,
            Integer.parseInt(hostAndPort.substring(colon + 1)));
      }
    } catch (NumberFormatException notAPort) {
      // Told below, with the whole text.
    }
    throw new IllegalArgumentException(
        "The adapter address \"%s\" is not of the form tcp:host:port (an IPv6 host in brackets: tcp:[::1]:7443)."
            .formatted(text));
  }
}
