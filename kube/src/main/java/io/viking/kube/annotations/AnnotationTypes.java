package io.viking.kube.annotations;

import com.google.common.collect.ImmutableMap;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.QuantityFormatException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The forms in which annotations are written. */
final class AnnotationTypes {
  static final AnnotationType<Boolean> FLAG = oneOf(ImmutableMap.of("true", true, "false", false));
  static final AnnotationType<Boolean> SWITCH = oneOf(ImmutableMap.of("on", true, "off", false));

  private static final String QUANTITY = "[0-9]*\\.?[0-9]+([eE][0-9]+|[kMGTPE]i?|Ki|m)?";
  private static final String SHAPE = "([0-9]*\\.?[0-9]+)-([0-9]*\\.?[0-9]+)Gi";
  private static final String TYPE_NAME = "[a-z][a-z0-9]*(\\.[a-z0-9-]+)+";
  private static final Pattern SHAPE_PARTS = Pattern.compile(SHAPE);
  private static final Pattern TYPE_PARTS = Pattern.compile(TYPE_NAME);
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

  private AnnotationTypes() {}

  /** Words with a meaning, in the order in which people are told of them. */
  static <T> AnnotationType<T> oneOf(ImmutableMap<String, T> values) {
    List<String> words = values.keySet().asList();
    return new AnnotationType<>(
        words.size() == 1
            ? words.getFirst()
            : words.size() == 2 ? String.join(" or ", words) : "one of " + String.join(", ", words),
        new AnnotationSyntax.OneOf(words),
        value -> Optional.ofNullable(values.get(value)));
  }

  static AnnotationType<String> oneOf(String... values) {
    return oneOf(Arrays.stream(values).collect(ImmutableMap.toImmutableMap(v -> v, v -> v)));
  }

  static AnnotationType<String> matching(String form, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return new AnnotationType<>(
        form,
        new AnnotationSyntax.Matching(pattern),
        value -> Optional.of(value).filter(v -> compiled.matcher(v).matches()));
  }

  /** The cloud's id of a thing: its prefix, a dash, and what follows. */
  static AnnotationType<String> id(String thing, String prefix) {
    return matching(
        "the id of %s (%s-…)".formatted(thing, prefix), prefix + "-[A-Za-z0-9][A-Za-z0-9-]*");
  }

  /** A comma separated list without empty items. */
  static <T> AnnotationType<List<T>> listOf(AnnotationType<T> item, int max) {
    return new AnnotationType<>(
        "1 to " + max + ", separated by commas, each " + item.form(),
        new AnnotationSyntax.ListOf(item.syntax(), max),
        value -> {
          List<Optional<T>> items = Arrays.stream(value.split(",", -1)).map(item::parse).toList();
          return items.size() <= max && items.stream().allMatch(Optional::isPresent)
              ? Optional.of(items.stream().flatMap(Optional::stream).toList())
              : Optional.empty();
        });
  }

  /** Names to take and, behind a {@code -}, to leave alone; none is both. */
  static AnnotationType<List<Choice>> choices(String form, String namePattern) {
    AnnotationType<Choice> choice =
        matching(form + ", or with - before it to leave it out", "-?" + namePattern)
            .as(
                text ->
                    text.startsWith("-")
                        ? new Choice(text.substring(1), true)
                        : new Choice(text, false));
    AnnotationType<List<Choice>> list = listOf(choice, 20);
    return new AnnotationType<>(
        list.form() + "; none both taken and left out",
        list.syntax(),
        value -> list.parse(value).filter(AnnotationTypes::areConsistent));
  }

  private static boolean areConsistent(List<Choice> choices) {
    return choices.stream()
        .noneMatch(choice -> choices.contains(new Choice(choice.name(), !choice.excluded())));
  }

  static AnnotationType<Integer> integer(int min, int max, String unit) {
    return new AnnotationType<>(
        "an integer from " + min + " to " + max + (unit.isEmpty() ? "" : " (" + unit + ")"),
        new AnnotationSyntax.Whole(min, max),
        value ->
            Optional.of(value)
                .filter(text -> WHOLE.matcher(text).matches())
                .map(Long::parseLong)
                .filter(n -> n >= min && n <= max)
                .map(Long::intValue));
  }

  /** Money per hour, at most three decimals. */
  static AnnotationType<BigDecimal> pricePerHour() {
    return matching(
            "a price per hour above 0 with at most 3 decimals, such as 0.250",
            "[0-9]{1,6}(\\.[0-9]{1,3}0*)?")
        .as(BigDecimal::new)
        .onlyIf(price -> price.signum() > 0);
  }

  /** A shape in its canonical writing ({@code 2.0-4.0Gi} is {@code 2-4Gi}) or a type's name. */
  static AnnotationType<String> instanceType() {
    return new AnnotationType<>(
        "vCPU-memory as 2-4Gi, or the name of a type as ecs.c6.xlarge",
        new AnnotationSyntax.Matching(SHAPE + "|" + TYPE_NAME),
        value -> {
          var shape = SHAPE_PARTS.matcher(value);
          if (shape.matches()) {
            return Optional.of(plain(shape.group(1)) + "-" + plain(shape.group(2)) + "Gi");
          }
          return TYPE_PARTS.matcher(value).matches() ? Optional.of(value) : Optional.empty();
        });
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  /** Whole GiB. */
  static AnnotationType<Integer> gibibytes(int max) {
    BigDecimal gibibyte = new BigDecimal(1L << 30);
    return quantity("a quantity of whole GiB from 0Gi to " + max + "Gi, such as 50Gi")
        .onlyIf(q -> q.remainder(gibibyte).signum() == 0)
        .as(q -> q.divideToIntegralValue(gibibyte))
        .onlyIf(q -> q.signum() >= 0 && q.compareTo(new BigDecimal(max)) <= 0)
        .as(BigDecimal::intValueExact);
  }

  /** Bits per second. */
  static AnnotationType<Long> bandwidth() {
    return quantity("bits per second as a quantity from 1k to 1P, such as 40M")
        .onlyIf(q -> q.compareTo(new BigDecimal(1_000)) >= 0)
        .onlyIf(q -> q.compareTo(new BigDecimal(1_000_000_000_000_000L)) <= 0)
        .as(BigDecimal::longValue);
  }

  private static AnnotationType<BigDecimal> quantity(String form) {
    return new AnnotationType<>(
        form, new AnnotationSyntax.Matching(QUANTITY), AnnotationTypes::quantityOf);
  }

  /** {@code key:value} pairs with different keys. */
  static AnnotationType<Map<String, String>> tags(int max) {
    return pairs(max, ':', "key:value", "[^:,\\s][^:,]*", "[^:,]*");
  }

  /**
   * Pairs with different keys, in the order in which they are written.
   *
   * @param separator between key and value
   * @param form of one pair, for people
   * @param key its pattern, without the separator
   */
  static AnnotationType<Map<String, String>> pairs(
      int max, char separator, String form, String key, String value) {
    String pair = "(" + key + ")" + separator + "(" + value + ")";
    Pattern pattern = Pattern.compile(pair);
    return new AnnotationType<>(
        "1 to " + max + " pairs " + form + " with different keys, separated by commas",
        new AnnotationSyntax.ListOf(new AnnotationSyntax.Matching(pair), max),
        text -> {
          Map<String, String> pairs = new LinkedHashMap<>();
          String[] items = text.split(",", -1);
          for (String item : items) {
            var matcher = pattern.matcher(item.strip());
            if (!matcher.matches()) {
              return Optional.empty();
            }
            pairs.put(matcher.group(1), matcher.group(2));
          }
          return pairs.size() == items.length && items.length <= max
              ? Optional.of(Collections.unmodifiableMap(pairs))
              : Optional.empty();
        });
  }

  /**
   * JSON that is checked and handed on as it is written.
   *
   * @param shape what it must be beyond JSON; throws whatever it likes for what it is not
   */
  static AnnotationType<String> json(String form, Function<String, Boolean> shape) {
    return new AnnotationType<>(
        form,
        new AnnotationSyntax.Text(),
        value -> {
          try {
            return shape.apply(value) ? Optional.of(value) : Optional.empty();
          } catch (com.google.gson.JsonParseException
              | IllegalStateException
              | ClassCastException malformed) {
            return Optional.empty();
          }
        });
  }

  private static Optional<BigDecimal> quantityOf(String value) {
    try {
      return Pattern.matches(QUANTITY, value)
          ? Optional.of(Quantity.fromString(value).getNumber())
          : Optional.empty();
    } catch (QuantityFormatException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
