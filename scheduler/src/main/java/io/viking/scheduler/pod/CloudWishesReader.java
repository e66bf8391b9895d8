package io.viking.scheduler.pod;

import com.google.common.base.Splitter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cloud's own pod annotations that choose a zone. The syncer reads the others.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/eci/user-guide/pod-annotations-1">ECI Pod
 *     Annotation</a>
 */
final class CloudWishesReader {
  static final String TYPES = "k8s.aliyun.com/eci-use-specs";
  static final String VSWITCHES = "k8s.aliyun.com/eci-vswitch";
  static final String STRATEGY = "k8s.aliyun.com/eci-schedule-strategy";
  static final String FAIL = "k8s.aliyun.com/eci-fail-strategy";

  private static final Pattern SHAPE = Pattern.compile("([0-9]*\\.?[0-9]+)-([0-9]*\\.?[0-9]+)Gi");
  private static final Pattern NAMED = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z0-9-]+)+");
  private static final Splitter LIST = Splitter.on(',').trimResults();

  /** What the annotations say, and what of them cannot be understood. */
  record Wishes(CloudWishes wishes, List<String> flaws) {}

  private CloudWishesReader() {}

  static Wishes read(Map<String, String> annotations) {
    var flaws = new ArrayList<String>();
    var types = new ArrayList<String>();
    for (String entry : list(annotations, TYPES)) {
      if (SHAPE.matcher(entry).matches() || NAMED.matcher(entry).matches()) {
        types.add(canonical(entry));
      } else {
        flaws.add(flaw(TYPES, entry, "a list of shapes and types, as 2-4Gi,4-8Gi,ecs.c6.xlarge"));
      }
    }
    List<String> vswitches = list(annotations, VSWITCHES);
    if (vswitches.contains("")) {
      flaws.add(flaw(VSWITCHES, annotations.getOrDefault(VSWITCHES, ""), "a list of vSwitch ids"));
    }
    String strategy = annotations.getOrDefault(STRATEGY, "VSwitchRandom");
    if (!strategy.equals("VSwitchOrdered") && !strategy.equals("VSwitchRandom")) {
      flaws.add(flaw(STRATEGY, strategy, "VSwitchOrdered or VSwitchRandom"));
    }
    String fail = annotations.getOrDefault(FAIL, "fail-back");
    if (!Set.of("fail-back", "fail-over", "fail-fast").contains(fail)) {
      flaws.add(flaw(FAIL, fail, "fail-back or fail-fast"));
    }
    return new Wishes(
        new CloudWishes(
            types,
            vswitches,
            strategy.equals("VSwitchOrdered"),
            BidReader.read(annotations, flaws),
            FamilyWishesReader.read(annotations, flaws),
            fail.equals("fail-fast")),
        flaws);
  }

  /** The entries of a list; one of {@code ""} for an annotation that is empty. */
  static List<String> list(Map<String, String> annotations, String key) {
    String value = annotations.get(key);
    return value == null ? List.of() : LIST.splitToList(value);
  }

  static String flaw(String annotation, String value, String wanted) {
    return "annotation %s: \"%s\" is not understood; give %s".formatted(annotation, value, wanted);
  }

  /** "2.0-4.0Gi" is "2-4Gi", ".25-.5Gi" is "0.25-0.5Gi". */
  private static String canonical(String name) {
    Matcher shape = SHAPE.matcher(name);
    return shape.matches() ? plain(shape.group(1)) + "-" + plain(shape.group(2)) + "Gi" : name;
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }
}
