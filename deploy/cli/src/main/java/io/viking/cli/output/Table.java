package io.viking.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under a header, in columns three spaces apart, as kubectl prints them. */
public final class Table {
  private static final String GAP = "   ";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(List.of(header));
  }

  /** Adds a row; an empty cell shows as {@code -}. */
  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "a row of %d cells under a header of %d".formatted(cells.length, rows.getFirst().size()));
    }
    rows.add(List.of(cells).stream().map(cell -> cell.isEmpty() ? "-" : cell).toList());
    return this;
  }

  /** All lines, without spaces at their ends. */
  public List<String> lines() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  @Override
  public String toString() {
    return lines().stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length()).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
