package io.viking.syncer.pods.annotations;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.QuantityFormatException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The forms in which annotations are written. */
final class AnnotationTypes {
  static final AnnotationType<Boolean> FLAG = oneOf(Map.of("true", true, "false", false));

  static final AnnotationType<String> TEXT =
      new AnnotationType<>("any text but an empty one", AnnotationTypes::nonEmpty);

  private static final Pattern TAG = Pattern.compile("([^:,\\s][^:,]*):([^:,]*)");
  private static final Pattern SHAPE = Pattern.compile("(\\d+(?:\\.\\d+)?)-(\\d+(?:\\.\\d+)?)Gi");
  private static final Pattern TYPE_NAME = Pattern.compile("ecs\\.[a-z0-9][a-z0-9.-]*");

  private AnnotationTypes() {}

  static <T> AnnotationType<T> oneOf(Map<String, T> values) {
    return new AnnotationType<>(
        "one of " + String.join(", ", values.keySet().stream().sorted().toList()),
        value -> Optional.ofNullable(values.get(value)));
  }

  static AnnotationType<String> oneOf(String... values) {
    Map<String, String> same = new LinkedHashMap<>();
    Arrays.stream(values).forEach(value -> same.put(value, value));
    return oneOf(same);
  }

  static AnnotationType<String> matching(String form, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return new AnnotationType<>(
        form, value -> Optional.of(value).filter(v -> compiled.matcher(v).matches()));
  }

  /** A comma separated list without empty items. */
  static <T> AnnotationType<List<T>> listOf(AnnotationType<T> item, int max) {
    return new AnnotationType<>(
        "1 to " + max + ", separated by commas, each " + item.form(),
        value -> {
          List<Optional<T>> items = Arrays.stream(value.split(",", -1)).map(item::parse).toList();
          return items.size() <= max && items.stream().allMatch(Optional::isPresent)
              ? Optional.of(items.stream().flatMap(Optional::stream).toList())
              : Optional.empty();
        });
  }

  static AnnotationType<Integer> integer(int min, int max, String unit) {
    return new AnnotationType<>(
        "an integer from " + min + " to " + max + (unit.isEmpty() ? "" : " (" + unit + ")"),
        value -> number(value, Integer::valueOf).filter(n -> n >= min && n <= max));
  }

  /** Money per hour, at most three decimals. */
  static AnnotationType<BigDecimal> pricePerHour() {
    return new AnnotationType<>(
        "a price per hour above 0 with at most 3 decimals, such as 0.250",
        value ->
            number(value, BigDecimal::new)
                .filter(n -> n.signum() > 0 && n.stripTrailingZeros().scale() <= 3)
                .filter(n -> n.compareTo(new BigDecimal(1_000_000)) < 0));
  }

  /** A shape in its canonical writing ({@code 2.0-4.0Gi} is {@code 2-4Gi}) or a type's name. */
  static AnnotationType<String> instanceType() {
    return new AnnotationType<>(
        "vCPU-memory as 2-4Gi, or the name of a type as ecs.c6.xlarge",
        value -> {
          var shape = SHAPE.matcher(value);
          if (shape.matches()) {
            return Optional.of(plain(shape.group(1)) + "-" + plain(shape.group(2)) + "Gi");
          }
          return TYPE_NAME.matcher(value).matches() ? Optional.of(value) : Optional.empty();
        });
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  /** Whole GiB. */
  static AnnotationType<Integer> gibibytes(int max) {
    BigDecimal gibibyte = new BigDecimal(1L << 30);
    return new AnnotationType<>(
        "a quantity of whole GiB from 0Gi to " + max + "Gi, such as 50Gi",
        value ->
            quantity(value)
                .filter(q -> q.remainder(gibibyte).signum() == 0)
                .map(q -> q.divideToIntegralValue(gibibyte))
                .filter(q -> q.signum() >= 0 && q.compareTo(new BigDecimal(max)) <= 0)
                .map(BigDecimal::intValueExact));
  }

  /** Bits per second. */
  static AnnotationType<Long> bandwidth() {
    return new AnnotationType<>(
        "bits per second as a quantity from 1k to 1P, such as 40M",
        value ->
            quantity(value)
                .filter(q -> q.compareTo(new BigDecimal(1_000)) >= 0)
                .filter(q -> q.compareTo(new BigDecimal(1_000_000_000_000_000L)) <= 0)
                .map(BigDecimal::longValue));
  }

  /** {@code key:value} pairs with different keys. */
  static AnnotationType<Map<String, String>> tags(int max) {
    return new AnnotationType<>(
        "1 to " + max + " pairs key:value with different keys, separated by commas",
        value -> {
          Map<String, String> tags = new LinkedHashMap<>();
          String[] pairs = value.split(",", -1);
          for (String pair : pairs) {
            var matcher = TAG.matcher(pair.strip());
            if (!matcher.matches()) {
              return Optional.empty();
            }
            tags.put(matcher.group(1), matcher.group(2));
          }
          return tags.size() == pairs.length && pairs.length <= max
              ? Optional.of(Map.copyOf(tags))
              : Optional.empty();
        });
  }

  private static Optional<String> nonEmpty(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static <T> Optional<T> number(String value, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(value));
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> quantity(String value) {
    try {
      return Optional.of(Quantity.fromString(value).getNumber());
    } catch (QuantityFormatException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
