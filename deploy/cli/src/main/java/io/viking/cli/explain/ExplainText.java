package io.viking.cli.explain;

import io.viking.cli.output.Table;
import io.viking.scheduler.decision.Review;
import io.viking.scheduler.loop.PodExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** An explanation as people read it: zones as columns, reasons as footnotes. */
final class ExplainText {
  private static final String PASS = "pass";

  private final PodExplanation pod;
  private final List<String> reasons = new ArrayList<>();

  private ExplainText(PodExplanation pod) {
    this.pod = pod;
  }

  static String of(PodExplanation explanation) {
    return new ExplainText(explanation).text();
  }

  private String text() {
    var text = new StringBuilder();
    text.append("Pod %s/%s %s.%n".formatted(pod.namespace(), pod.pod(), headline()));
    if (!pod.now().isEmpty() && !pod.now().equals(pod.message())) {
      text.append("Decided now: %s.%n".formatted(sentence(pod.now())));
    }
    if (!pod.checks().isEmpty()) {
      text.append('\n').append(filters());
    }
    if (scored().findAny().isPresent()) {
      text.append('\n').append(scores());
    }
    if (!reasons.isEmpty()) {
      text.append('\n');
    }
    for (int i = 0; i < reasons.size(); i++) {
      text.append("(%d) %s%n".formatted(i + 1, reasons.get(i)));
    }
    return text.toString();
  }

  private String headline() {
    String message = sentence(pod.message());
    return switch (pod.state()) {
      case NOT_OURS -> message;
      case WAITING -> "waits: " + message;
      case GATED, BACKING_OFF, UNKNOWN -> "has no zone: " + message;
      case ASSIGNED, BOUND -> "has a zone: " + message;
    };
  }

  private Table filters() {
    Table table = table("FILTER");
    for (Review.Check check : pod.checks()) {
      String cell = cell(check);
      row(table, check.name(), _ -> cell);
    }
    int count = pod.zones().stream().mapToInt(zone -> zone.checks().size()).min().orElse(0);
    for (int i = 0; i < count; i++) {
      int filter = i;
      row(
          table,
          pod.zones().getFirst().checks().get(i).name(),
          zone -> cell(zone.checks().get(filter)));
    }
    return table;
  }

  /** Without those that tell no zone from another. */
  private String scores() {
    Table table = table("SCORE");
    List<Review.Mark> first = scored().findFirst().orElseThrow().marks();
    int equal = 0;
    for (int i = 0; i < first.size(); i++) {
      int score = i;
      if (isEqualEverywhere(score)) {
        equal++;
        continue;
      }
      row(
          table,
          first.get(i).name(),
          zone -> zone.marks().isEmpty() ? "" : zone.marks().get(score).words());
    }
    row(table, "ORDER", zone -> zone.rank() == 0 ? "" : Integer.toString(zone.rank()));
    return switch (equal) {
      case 0 -> table.toString();
      case 1 -> table + "1 score is the same in all of these zones.\n";
      default -> "%s%d scores are the same in all of these zones.%n".formatted(table, equal);
    };
  }

  private boolean isEqualEverywhere(int score) {
    return scored().count() > 1
        && scored().mapToLong(zone -> zone.marks().get(score).cost()).distinct().count() == 1;
  }

  private Stream<PodExplanation.Zone> scored() {
    return pod.zones().stream().filter(zone -> !zone.marks().isEmpty());
  }

  /** Without zones the one column stands for all that there might be. */
  private Table table(String title) {
    List<String> header = new ArrayList<>(List.of(title));
    pod.zones().forEach(zone -> header.add(zone.zone()));
    if (pod.zones().isEmpty()) {
      header.add("ANY ZONE");
    }
    return new Table(header.toArray(String[]::new));
  }

  private void row(Table table, String title, Function<PodExplanation.Zone, String> cell) {
    List<String> cells = new ArrayList<>(List.of(title));
    if (pod.zones().isEmpty()) {
      cells.add(cell.apply(new PodExplanation.Zone("", List.of(), List.of(), 0)));
    }
    pod.zones().forEach(zone -> cells.add(cell.apply(zone)));
    table.row(cells.toArray(String[]::new));
  }

  private String cell(Review.Check check) {
    if (check.reject().isEmpty()) {
      return PASS;
    }
    if (!reasons.contains(check.reject())) {
      reasons.add(check.reject());
    }
    return "no (%d)".formatted(reasons.indexOf(check.reject()) + 1);
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
