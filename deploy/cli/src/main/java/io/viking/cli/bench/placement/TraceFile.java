package io.viking.cli.bench.placement;

import com.google.common.base.Splitter;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a trace: {@code time,workload,pods,vcpu,gib,spot}, one change a line, such as {@code
 * 60,web,+10,1,2,no}. The time is in seconds; {@code +} pods come and {@code -} pods go; empty
 * lines, lines that begin with {@code #} and a header are left out.
 */
final class TraceFile {
  static final String COLUMNS = "time,workload,pods,vcpu,gib,spot";

  private final String file;
  private final Map<String, Trace.Line> firsts = new HashMap<>();
  private final Map<String, Integer> there = new HashMap<>();
  private long clock;
  private int number;

  private TraceFile(String file) {
    this.file = file;
  }

  /**
   * @throws CommandFailure naming the line, the value and what is wanted
   */
  static Trace read(Path file) {
    try {
      return of(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--trace=%s: cannot be read; name a file of lines %s.".formatted(file, COLUMNS));
    }
  }

  /** The same, of lines that are there already. */
  static Trace of(String name, List<String> lines) {
    var reader = new TraceFile(name);
    var read = new ArrayList<Trace.Line>();
    for (String line : lines) {
      reader.number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#") && !text.equals(COLUMNS)) {
        read.add(reader.line(text));
      }
    }
    if (read.isEmpty()) {
      throw reader.wrong("there is nothing in it; give lines " + COLUMNS);
    }
    return new Trace(read);
  }

  private Trace.Line line(String text) {
    List<String> cells = Splitter.on(',').trimResults().splitToList(text);
    if (cells.size() != 6) {
      throw wrong("\"%s\" has %d values; give %s".formatted(text, cells.size(), COLUMNS));
    }
    var line =
        new Trace.Line(
            time(cells.get(0)),
            workload(cells.get(1)),
            pods(cells.get(2)),
            new PodSize(
                thousandths("vcpu", cells.get(3)),
                thousandths("gib", cells.get(4)) * 1024 / 1000,
                spot(cells.get(5))));
    Trace.Line first = firsts.computeIfAbsent(line.workload(), _ -> line);
    if (!first.size().equals(line.size())) {
      throw wrong(
          "workload %s has another size, or bids otherwise, than at first; give the other pods a name of their own"
              .formatted(line.workload()));
    }
    int before = there.getOrDefault(line.workload(), 0);
    if (before + line.pods() < 0) {
      throw wrong(
          "takes %d pods of workload %s, which has %d"
              .formatted(-line.pods(), line.workload(), before));
    }
    there.put(line.workload(), before + line.pods());
    return line;
  }

  private long time(String text) {
    long time = whole("time", text);
    if (time < clock) {
      throw wrong(
          "time %d is before that of the line above; put the lines in order".formatted(time));
    }
    clock = time;
    return time;
  }

  private String workload(String text) {
    if (text.isEmpty()) {
      throw wrong("the workload has no name");
    }
    return text;
  }

  private int pods(String text) {
    long pods = whole("pods", text.startsWith("+") ? text.substring(1) : text);
    if (pods == 0 || Math.abs(pods) > 1_000_000) {
      throw wrong("pods is %s; give a number such as +10 or -3".formatted(text));
    }
    return (int) pods;
  }

  private boolean spot(String text) {
    return switch (text) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw wrong("spot is \"%s\"; give yes or no".formatted(text));
    };
  }

  private long whole(String column, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("%s is \"%s\", which is no whole number".formatted(column, text));
    }
  }

  private long thousandths(String column, String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      if (value.signum() > 0 && value.compareTo(BigDecimal.valueOf(10_000)) < 0) {
        return value.movePointRight(3).setScale(0, RoundingMode.CEILING).longValue();
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong("%s is \"%s\"; give a number above 0, such as 0.5".formatted(column, text));
  }

  private CommandFailure wrong(String what) {
    return new CommandFailure(ExitCode.USAGE, "%s, line %d: %s.".formatted(file, number, what));
  }
}
