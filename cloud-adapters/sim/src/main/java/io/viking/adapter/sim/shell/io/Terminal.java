package io.viking.adapter.sim.shell.io;

import com.google.protobuf.ByteString;
import java.io.IOException;

/**
 * The line discipline of a terminal: echoes what is typed, lets the last characters of a line be
 * taken back, hands on whole lines, and turns ^C, ^D and ^U into what they mean. One thread types,
 * another reads {@link #lines}.
 */
public final class Terminal {
  private static final int MOST_OF_A_LINE = 4096;

  private static final int INTERRUPT = 3;
  private static final int END = 4;
  private static final int BACKSPACE = 8;
  private static final int KILL_LINE = 21;
  private static final int DELETE = 127;

  private final Sink screen;
  private final Pipe lines = new Pipe();
  private final Signals signals;
  private final StringBuilder echo = new StringBuilder();
  private ByteString line = ByteString.EMPTY;
  private volatile Size size = new Size(80, 24);

  /** Characters. */
  public record Size(int width, int height) {}

  /**
   * @param screen takes what the user sees
   */
  public Terminal(Sink screen, Signals signals) {
    this.screen = screen;
    this.signals = signals;
  }

  public Size size() {
    return size;
  }

  public void resize(Size now) {
    size = now;
  }

  /** What a command reads. */
  public Source lines() {
    return lines;
  }

  /** What a command writes, with the line ends of a screen. */
  public Sink output() {
    return bytes -> screen.write(withReturns(bytes));
  }

  /** The user types. */
  public void type(ByteString typed) throws IOException, InterruptedException {
    for (int i = 0; i < typed.size(); i++) {
      key(typed.byteAt(i) & 0xff, typed.substring(i, i + 1));
    }
    show();
  }

  /** Nobody types any more. */
  public void hangUp() throws InterruptedException {
    try {
      lines.write(line);
    } catch (BrokenPipe e) {
      // nobody reads it
    }
    lines.end();
  }

  private void key(int key, ByteString typed) throws IOException, InterruptedException {
    switch (key) {
      case '\r', '\n' -> {
        echo.append("\r\n");
        handOn(line.concat(ByteString.copyFromUtf8("\n")));
      }
      case INTERRUPT -> {
        echo.append("^C\r\n");
        line = ByteString.EMPTY;
        show();
        signals.interrupt();
      }
      case END -> {
        if (line.isEmpty()) {
          show();
          lines.pause();
        } else {
          handOn(line);
        }
      }
      case BACKSPACE, DELETE -> takeBack();
      case KILL_LINE -> {
        while (!line.isEmpty()) {
          takeBack();
        }
      }
      default -> {
        if (line.size() < MOST_OF_A_LINE) {
          line = line.concat(typed);
          echo(key);
        }
      }
    }
  }

  private void handOn(ByteString whole) throws IOException, InterruptedException {
    line = ByteString.EMPTY;
    show();
    try {
      lines.write(whole);
    } catch (BrokenPipe e) {
      // the command is about to end: what is typed now is lost, as anywhere
    }
  }

  /** Takes back one character of UTF-8. */
  private void takeBack() {
    int end = line.size();
    do {
      end--;
    } while (end > 0 && (line.byteAt(end) & 0xc0) == 0x80);
    if (end >= 0) {
      line = line.substring(0, end);
      echo.append("\b \b");
    }
  }

  /** Control characters as ^X; the bytes of others as they are, by way of ISO 8859-1. */
  private void echo(int key) {
    if (key < ' ' && key != '\t') {
      echo.append('^').append((char) (key + '@'));
    } else {
      echo.append((char) key);
    }
  }

  private void show() throws IOException, InterruptedException {
    if (!echo.isEmpty()) {
      ByteString shown =
          ByteString.copyFrom(
              echo.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      echo.setLength(0);
      screen.write(shown);
    }
  }

  private static ByteString withReturns(ByteString bytes) {
    ByteString.Output out = ByteString.newOutput(bytes.size() + 16);
    for (byte b : bytes) {
      if (b == '\n') {
        out.write('\r');
      }
      out.write(b);
    }
    return out.toByteString();
  }
}
