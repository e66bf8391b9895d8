package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code kubectl port-forward} that stands, to ports of this machine that it chose itself. */
final class Forwarding implements AutoCloseable {
  private static final Pattern LINE =
      Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> (\\d+)");

  private final Process process;
  private final BufferedReader lines;
  private final Map<Integer, Integer> local = new HashMap<>();

  /**
   * Returns when all ports are forwarded.
   *
   * @param target {@code pod/web}, {@code deployment/web} …
   */
  Forwarding(Kubectl kubectl, String namespace, String target, int... ports) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-n", namespace, "port-forward", target));
    for (int port : ports) {
      arguments.add(":" + port);
    }
    process = kubectl.command(arguments.toArray(String[]::new)).redirectErrorStream(true).start();
    lines = process.inputReader();
    while (local.size() < ports.length) {
      Matcher line = LINE.matcher(awaitLine("Forwarding from"));
      if (line.find()) {
        local.put(Integer.valueOf(line.group(2)), Integer.valueOf(line.group(1)));
      }
    }
  }

  /** A connection to that port of the pod. */
  Socket connect(int port) throws IOException {
    return new Socket("127.0.0.1", local.get(port));
  }

  /** Whether the simulated container's echo answers there. */
  static void assertEchoes(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
  }

  /** The next line that has this in it; fails if kubectl ends without one. */
  String awaitLine(String text) throws IOException {
    StringBuilder printed = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.append(line).append('\n');
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("kubectl port-forward ended, and printed:\n" + printed);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
