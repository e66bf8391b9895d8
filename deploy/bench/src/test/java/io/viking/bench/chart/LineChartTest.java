package io.viking.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.bench.chart.LineChart.Colour;
import io.viking.bench.chart.LineChart.Series;
import io.viking.bench.measure.Curve;
import io.viking.bench.measure.Curve.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LineChartTest {
  private static final Curve STORM = new Curve(List.of(new Point(0, 0), new Point(10, 500)));
  private static final Curve FLOOR = new Curve(List.of(new Point(0, 0), new Point(8, 500)));

  @Test
  void everySeries_isACurveWithinThePlot_andALineOfTheLegend() throws Exception {
    Document svg = parse(chart("pods & <more>", series()).svg());

    assertThat(texts(svg)).contains("pods & <more>", "viking", "floor", "500", "10");
    assertThat(curves(svg)).hasSize(2);
    assertThat(curves(svg).getFirst()).isEqualTo("M76.0 438.0L852.0 116.0");
    assertThat(curves(svg).getLast()).startsWith("M76.0 438.0L").endsWith(" 116.0");
  }

  @Test
  void colours_areGivenForLightAndForDark() {
    String svg = chart("t", series()).svg();
    String dark = svg.substring(svg.indexOf("prefers-color-scheme: dark"));

    for (Colour colour : Colour.values()) {
      assertThat(svg.indexOf(".c" + colour.ordinal() + " "))
          .isBetween(0, svg.length() - dark.length());
      assertThat(dark).contains(".c" + colour.ordinal() + " ");
    }
  }

  @Test
  void nothingMeasured_isStillAPicture() throws Exception {
    assertThat(curves(parse(chart("empty", List.of()).svg()))).isEmpty();
  }

  private static LineChart chart(String title, List<Series> series) {
    return new LineChart(title, "subtitle", "pods Running", series);
  }

  private static List<Series> series() {
    return List.of(
        new Series("viking", Colour.BLUE, false, STORM),
        new Series("floor", Colour.GREY, true, FLOOR));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  /** The curves are the paths of many points; the legend's keys and the grid are not. */
  private static List<String> curves(Document svg) {
    Pattern curve = Pattern.compile("M[0-9.]+ [0-9.]+L.*");
    return elements(svg, "path").stream()
        .map(path -> path.getAttribute("d"))
        .filter(curve.asMatchPredicate())
        .toList();
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
