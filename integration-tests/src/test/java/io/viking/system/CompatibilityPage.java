package io.viking.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/compatibility.md as a table: one row for each field of each type. */
final class CompatibilityPage {
  private static final Path FILE = Path.of("../docs/compatibility.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([\\w.*]+)` \\| ([^|]*) \\| ([^|]*) \\|");
  private static final Pattern TOLD = Pattern.compile("`\\w+`: (.*)");

  /**
   * @param verdict "honoured", "passed on", "refused", or several, each for some values
   */
  record Row(String verdict, String remark) {
    /** The field as a whole is refused: nothing below it can be had. */
    boolean isRefused() {
      return verdict.equals("refused");
    }

    /** It is refused, or some of its values are, and the remark says what the client is told. */
    boolean isToldOf() {
      return verdict.contains("refused") && TOLD.matcher(remark).matches();
    }

    /** What the client is told behind the field. */
    String sentence() {
      Matcher told = TOLD.matcher(remark);
      if (!told.matches()) {
        throw new IllegalStateException("no rule and sentence: " + remark);
      }
      return told.group(1);
    }
  }

  private final Map<String, Row> rows = new LinkedHashMap<>();

  private CompatibilityPage() {}

  static CompatibilityPage read() throws IOException {
    var page = new CompatibilityPage();
    String type = "";
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("### ")) {
        type = line.substring(4);
      }
      Matcher row = ROW.matcher(line);
      if (!type.isEmpty() && row.matches()) {
        String key = type + "." + row.group(1);
        if (page.rows.put(key, new Row(row.group(2), row.group(3))) != null) {
          throw new IllegalStateException("two rows for " + key);
        }
      }
    }
    return page;
  }

  /** By type and field: "PodSpec.hostNetwork"; "EphemeralVolumeSource.volumeClaimTemplate.*". */
  Map<String, Row> rows() {
    return rows;
  }

  /** Those of which a client can be told something. */
  List<String> toldOf() {
    List<String> told = new ArrayList<>();
    rows.forEach(
        (key, row) -> {
          if (row.isToldOf()) {
            told.add(key);
          }
        });
    return told;
  }
}
