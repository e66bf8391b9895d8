package io.viking.bench.chart;

import io.viking.bench.measure.Curve;
import java.util.List;
import java.util.Locale;

/**
 * A chart of curves over seconds, as SVG text that needs nothing else: it has its own background
 * and follows the reader's choice of light or dark.
 *
 * @param subtitle a line under the title; may be empty
 * @param yLabel what is counted
 */
public record LineChart(String title, String subtitle, String yLabel, List<Series> series) {
  private static final int WIDTH = 880;
  private static final int HEIGHT = 500;
  private static final int LEFT = 76;
  private static final int RIGHT = 28;
  private static final int BOTTOM = 62;
  private static final int TICKS = 6;
  private static final int LEGEND_ROW = 22;
  private static final int LEGEND_COLUMNS = 2;

  private static final String STYLE =
      """
        <style>
          text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #57606a; }
          .title { font-size: 18px; font-weight: 600; fill: #1f2328; }
          .key { fill: #1f2328; }
          .paper { fill: #ffffff; stroke: #d0d7de; }
          .grid { stroke: #e4e8ec; }
          .axis { stroke: #8c959f; }
          .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
          .dashed { stroke-dasharray: 7 5; }
          .c0 { stroke: #0969da; } .c1 { stroke: #8c959f; } .c2 { stroke: #bc4c00; } .c3 { stroke: #1a7f37; }
          @media (prefers-color-scheme: dark) {
            text { fill: #9198a1; }
            .title, .key { fill: #f0f6fc; }
            .paper { fill: #0d1117; stroke: #3d444d; }
            .grid { stroke: #21262d; }
            .axis { stroke: #656c76; }
            .c0 { stroke: #58a6ff; } .c1 { stroke: #9198a1; } .c2 { stroke: #f0883e; } .c3 { stroke: #3fb950; }
          }
        </style>
      """;

  public LineChart {
    series = List.copyOf(series);
  }

  /** How a curve is drawn. */
  public enum Colour {
    BLUE,
    GREY,
    ORANGE,
    GREEN
  }

  /** One curve. */
  public record Series(String label, Colour colour, boolean dashed, Curve curve) {
    private String style() {
      return "line c" + colour.ordinal() + (dashed ? " dashed" : "");
    }
  }

  /** The whole picture. */
  public String svg() {
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-label="%3$s">
        """
            .formatted(WIDTH, HEIGHT, escaped(title)));
    svg.append(STYLE);
    line(
        svg,
        "<rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
        WIDTH - 1,
        HEIGHT - 1);
    line(svg, "<text class=\"title\" x=\"24\" y=\"34\">%s</text>", escaped(title));
    if (!subtitle.isEmpty()) {
      line(svg, "<text x=\"24\" y=\"56\">%s</text>", escaped(subtitle));
    }
    legend(svg);
    axes(svg);
    series.forEach(one -> curve(svg, one));
    return svg.append("</svg>\n").toString();
  }

  private void legend(StringBuilder svg) {
    for (int i = 0; i < series.size(); i++) {
      int x = 24 + i % LEGEND_COLUMNS * (WIDTH - 48) / LEGEND_COLUMNS;
      int y = legendTop() + i / LEGEND_COLUMNS * LEGEND_ROW;
      line(
          svg,
          "<path class=\"%s\" d=\"M%d %dh30\"/><text class=\"key\" x=\"%d\" y=\"%d\">%s</text>",
          series.get(i).style(),
          x,
          y - 4,
          x + 40,
          y,
          escaped(series.get(i).label()));
    }
  }

  private void axes(StringBuilder svg) {
    for (double tick : yTicks()) {
      line(
          svg,
          "<path class=\"%s\" d=\"M%d %sH%d\"/><text x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>",
          tick == 0 ? "axis" : "grid",
          LEFT,
          number(y(tick)),
          WIDTH - RIGHT,
          LEFT - 10,
          number(y(tick) + 4),
          grouped(tick));
    }
    for (double tick : xTicks()) {
      line(
          svg,
          "<path class=\"%s\" d=\"M%s %sV%s\"/><text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          tick == 0 ? "axis" : "grid",
          number(x(tick)),
          number(y(0)),
          number(y(yTicks().getLast())),
          number(x(tick)),
          HEIGHT - BOTTOM + 20,
          grouped(tick));
    }
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">seconds since the first create</text>",
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - 16);
    int middle = (plotTop() + HEIGHT - BOTTOM) / 2;
    line(
        svg,
        "<text x=\"20\" y=\"%1$d\" text-anchor=\"middle\" transform=\"rotate(-90 20 %1$d)\">%2$s</text>",
        middle,
        escaped(yLabel));
  }

  private void curve(StringBuilder svg, Series one) {
    var path = new StringBuilder();
    for (Curve.Point point : one.curve().points()) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(number(x(point.seconds())))
          .append(' ')
          .append(number(y(point.count())));
    }
    line(svg, "<path class=\"%s\" d=\"%s\"/>", one.style(), path);
  }

  private double x(double seconds) {
    return LEFT + seconds / xTicks().getLast() * (WIDTH - RIGHT - LEFT);
  }

  private double y(double count) {
    return HEIGHT - BOTTOM - count / yTicks().getLast() * (HEIGHT - BOTTOM - plotTop());
  }

  private List<Double> xTicks() {
    return Ticks.upTo(Math.max(0.1, last(false)), TICKS);
  }

  private List<Double> yTicks() {
    return Ticks.upTo(Math.max(1, last(true)), TICKS);
  }

  private double last(boolean count) {
    return series.stream()
        .flatMap(one -> one.curve().points().stream())
        .mapToDouble(point -> count ? point.count() : point.seconds())
        .max()
        .orElse(0);
  }

  private int legendTop() {
    return subtitle.isEmpty() ? 66 : 86;
  }

  private int plotTop() {
    int rows = (series.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    return legendTop() + rows * LEGEND_ROW + 8;
  }

  private static void line(StringBuilder svg, String format, Object... arguments) {
    svg.append("  ").append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** 10,000 and 0.5, as people write them. */
  private static String grouped(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.2f", value).replaceFirst("0+$", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
