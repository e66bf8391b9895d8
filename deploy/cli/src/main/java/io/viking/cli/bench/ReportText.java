package io.viking.cli.bench;

import io.viking.bench.apiserver.ApiCall;
import io.viking.bench.floor.FloorRun;
import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.process.ProcessUse;
import io.viking.bench.report.BenchReport;
import io.viking.bench.report.Machine;
import io.viking.bench.report.Round;
import io.viking.bench.report.StormChart;
import io.viking.bench.storm.StormResult;
import io.viking.cli.output.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A report as a person reads it. */
final class ReportText {
  /** What is made less often for a pod is housekeeping. */
  private static final double LEAST_PER_POD = 0.01;

  private static final int NAMES_SHOWN = 10;

  private final StringBuilder text = new StringBuilder();

  private ReportText() {}

  static String of(BenchReport report) {
    var text = new ReportText();
    report.rounds().forEach(text::round);
    text.processes(report);
    text.footer(report);
    return text.text.toString();
  }

  private void round(Round round) {
    round.storms().stream()
        .findFirst()
        .ifPresent(storm -> line("%s, %s", StormChart.title(storm.spec()), round.token().words()));
    line("");
    rates(round);
    waits(round);
    calls("API CALLS PER POD", round, StormResult::up, round.floor().bestUp().up());
    calls("FOR ITS DELETION", round, StormResult::down, round.floor().bestDown().down());
    notes(round);
  }

  private void rates(Round round) {
    var table = new Table("", "PODS/S", "÷ FLOOR", "DELETED/S", "÷ FLOOR");
    for (StormResult storm : round.storms()) {
      table.row(
          storm.spec().subject(),
          rate(storm.up().podsPerSecond()),
          ratio(round.ratioUp(storm)),
          rate(storm.deletedPerSecond()),
          ratio(round.ratioDown(storm)));
    }
    for (FloorRun run : round.floor().runs()) {
      table.row(
          "floor, %d wide".formatted(run.width()),
          rate(run.up().podsPerSecond()) + mark(run == round.floor().bestUp()),
          "",
          rate(run.down().podsPerSecond()) + mark(run == round.floor().bestDown()),
          "");
    }
    add(table);
  }

  private void waits(Round round) {
    var table = new Table("SECONDS FROM CREATE", "P50", "P90", "P99", "MAX");
    for (StormResult storm : round.storms()) {
      waits(table, storm.spec().subject() + ", to Running", storm.toRunning());
      waits(table, storm.spec().subject() + ", to Ready", storm.toReady());
    }
    waits(table, "floor, to Running", round.floor().bestUp().toRunning());
    add(table);
  }

  private static void waits(Table table, String who, Percentiles waits) {
    table.row(
        who,
        seconds(waits.p50()),
        seconds(waits.p90()),
        seconds(waits.p99()),
        seconds(waits.max()));
  }

  /** How a storm got where its pods were to go: up, or down. */
  private interface Way {
    Passage of(StormResult storm);
  }

  private void calls(String title, Round round, Way way, Passage floor) {
    var header = new ArrayList<String>(List.of(title));
    var columns = new ArrayList<Map<ApiCall, Double>>();
    for (StormResult storm : round.storms()) {
      header.add(storm.spec().subject().toUpperCase(Locale.ROOT));
      columns.add(perPod(way.of(storm)));
    }
    header.add("FLOOR");
    columns.add(perPod(floor));
    if (columns.stream().allMatch(Map::isEmpty)) {
      return;
    }
    var calls = new TreeSet<ApiCall>();
    columns.forEach(column -> calls.addAll(column.keySet()));
    var table = new Table(header.toArray(String[]::new));
    // Events are best effort, and not what takes a pod anywhere: they stand last.
    calls.stream().filter(call -> !call.isEvent()).forEach(call -> row(table, call, columns));
    calls.stream().filter(ApiCall::isEvent).forEach(call -> row(table, call, columns));
    add(table);
  }

  private static Map<ApiCall, Double> perPod(Passage passage) {
    return passage
        .cost()
        .calls()
        .map(counts -> counts.perPod(passage.pods(), LEAST_PER_POD))
        .orElse(Map.of());
  }

  private static void row(Table table, ApiCall call, List<Map<ApiCall, Double>> columns) {
    var cells = new ArrayList<String>();
    cells.add((call.verb() + " " + call.resource()).toLowerCase(Locale.ROOT));
    for (Map<ApiCall, Double> column : columns) {
      cells.add(column.containsKey(call) ? ratio(column.get(call)) : "");
    }
    table.row(cells.toArray(String[]::new));
  }

  private void notes(Round round) {
    line("* the best of the floor, by which the storms are divided.");
    for (StormResult storm : round.storms()) {
      if (!storm.lost().isEmpty()) {
        line(
            "%s LOST %d pods: %s%s.",
            storm.spec().subject(),
            storm.lost().size(),
            String.join(", ", storm.lost().stream().sorted().limit(NAMES_SHOWN).toList()),
            storm.lost().size() > NAMES_SHOWN ? " and more" : "");
      }
      storm
          .podWatches()
          .ifPresent(
              watches ->
                  line(
                      "Watches on pods: %d during the storm of %s, %d during the floor (%d of them opened by it).",
                      watches,
                      storm.spec().subject(),
                      round.floor().podWatches().orElse(0),
                      round.floor().addedWatches()));
    }
    round
        .floor()
        .notPaused()
        .ifPresent(
            why ->
                line(
                    "LOOPS NOT PAUSED during the floor, so that it is too low and the ratio flatters: %s.",
                    why));
    if (round.floor().podWatches().isEmpty()) {
      line(
          "The API server does not show its metrics to us: no calls per pod, no count of watches.");
    }
    line("");
  }

  private void processes(BenchReport report) {
    if (report.processes().isEmpty()) {
      return;
    }
    var header = new ArrayList<>(List.of("PROCESS", "MIB MAX", "MIB END"));
    for (Round round : report.rounds()) {
      String token = round.token().mounts() ? "" : ", NO TOKEN";
      round
          .storms()
          .forEach(
              storm ->
                  header.add("CPU S " + storm.spec().subject().toUpperCase(Locale.ROOT) + token));
      header.add("CPU S FLOOR" + token);
    }
    var table = new Table(header.toArray(String[]::new));
    for (ProcessUse use : report.processes()) {
      var cells =
          new ArrayList<>(
              List.of(use.name(), mebibytes(use.maxRssBytes()), mebibytes(use.endRssBytes())));
      for (Round round : report.rounds()) {
        round.storms().forEach(storm -> cells.add(cpu(storm.up(), use.name())));
        cells.add(cpu(round.floor().bestUp().up(), use.name()));
      }
      table.row(cells.toArray(String[]::new));
    }
    table.row(total(report).toArray(String[]::new));
    add(table);
    line("CPU until the last pod ran; memory of the whole run.");
    line("");
  }

  /** All processes together, for each pod: what a busy machine changes least. */
  private static List<String> total(BenchReport report) {
    var cells = new ArrayList<>(List.of("all, ms per pod", "", ""));
    for (Round round : report.rounds()) {
      round.storms().forEach(storm -> cells.add(cpuPerPod(storm.up())));
      cells.add(cpuPerPod(round.floor().bestUp().up()));
    }
    return cells;
  }

  private static String cpuPerPod(Passage passage) {
    double seconds = passage.cost().processes().stream().mapToDouble(ProcessUse::cpuSeconds).sum();
    return String.format(Locale.ROOT, "%.1f", 1000 * seconds / passage.pods());
  }

  private static String cpu(Passage passage, String process) {
    return passage.cost().processes().stream()
        .filter(use -> use.name().equals(process))
        .findFirst()
        .map(use -> String.format(Locale.ROOT, "%.2f", use.cpuSeconds()))
        .orElse("");
  }

  private void footer(BenchReport report) {
    Machine machine = report.machine();
    line(
        "%s, %d processors, %d GiB, %s, Kubernetes %s; %s.",
        machine.at().toString().substring(0, 10),
        machine.processors(),
        machine.memoryBytes() >> 30,
        machine.system(),
        machine.kubernetes(),
        report.warmUp() == 0 ? "no warm-up" : "warm-up of %d pods each".formatted(report.warmUp()));
    report.notes().forEach(note -> line("%s", note));
    report.troubles().forEach(trouble -> line("FAILED: %s", trouble));
  }

  private void add(Table table) {
    text.append(table).append('\n');
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).strip()).append('\n');
  }

  private static String mark(boolean best) {
    return best ? " *" : "";
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e9);
  }

  private static String mebibytes(long bytes) {
    return Long.toString(bytes >> 20);
  }
}
