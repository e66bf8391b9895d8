package io.viking.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real terminal with kubectl in it: {@code script} of Debian's bsdutils makes one. What is typed
 * goes in as keys, what is on the screen comes out.
 */
final class Terminal implements AutoCloseable {
  static final String PROMPT = "/ # ";

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private final Path size = Files.createTempDirectory("terminal").resolve("size");
  private final StringBuffer screen = new StringBuffer();
  private final Process process;
  private final Thread reader;

  /**
   * @param arguments of kubectl, without quotes or blanks in them
   */
  Terminal(Kubectl kubectl, int rows, int columns, String... arguments) throws IOException {
    ProcessBuilder builder = kubectl.command(arguments);
    // Another size comes later, through a pipe: whoever sits before the terminal pulls its window.
    String command =
        """
        stty rows %d cols %d
        terminal=$(tty)
        mkfifo %s
        (while read rows columns; do stty rows $rows cols $columns <$terminal; done <%s) &
        exec %s
        """
            .formatted(rows, columns, size, size, String.join(" ", builder.command()));
    builder.command(List.of(SCRIPT.toString(), "-q", "-e", "-c", command, "/dev/null"));
    process = builder.redirectErrorStream(true).start();
    reader = Thread.ofVirtual().start(this::read);
  }

  /** The reason why there is none here; empty if there is. */
  static String lacking() {
    return Files.isExecutable(SCRIPT)
        ? ""
        : SCRIPT + " is missing: it is in the package bsdutils and makes the terminal";
  }

  private void read() {
    try (InputStream from = process.getInputStream()) {
      byte[] bytes = new byte[4096];
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        screen.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      screen.append("\n(the terminal is gone: ").append(gone.getMessage()).append(")");
    }
  }

  void types(String keys) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  void resize(int rows, int columns) throws IOException {
    Files.writeString(size, rows + " " + columns + "\n");
  }

  /** Types a command, and waits for this line after it. */
  void shows(String command, String line) throws IOException {
    int before = screen.length();
    types(command + "\r");
    awaits(command + " to show " + line, () -> shows(before, line));
  }

  /** The same, for what may take a moment: the command is typed again and again. */
  void comesToShow(String command, String line) {
    int before = screen.length();
    awaits(
        command + " to show " + line,
        () -> {
          types(command + "\r");
          return shows(before, line);
        });
  }

  /**
   * Keys that are typed while the shell is busy are echoed at once and its prompt comes after them,
   * as on any terminal: what they bring then stands behind the prompt.
   */
  private boolean shows(int from, String line) {
    return screen
        .substring(from)
        .lines()
        .map(String::strip)
        .anyMatch(shown -> shown.equals(line) || shown.equals(PROMPT + line));
  }

  void awaits(String text) {
    awaits(text, () -> screen.indexOf(text) >= 0);
  }

  private void awaits(String what, Callable<Boolean> condition) {
    try {
      Await.until(what, condition);
    } catch (ConditionTimeoutException missing) {
      throw new AssertionError(missing.getMessage() + " On the screen is:\n" + screen, missing);
    }
  }

  /** Waits for the end; kubectl's exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the terminal does not end; on its screen is:\n" + screen);
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
    Files.deleteIfExists(size);
    Files.deleteIfExists(size.getParent());
  }
}
