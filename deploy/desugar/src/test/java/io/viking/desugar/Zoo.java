package io.viking.desugar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A lambda and a record of each kind; {@link #call} tells what they do. */
public final class Zoo implements Callable<String> {
  private final String name = "zoo";
  private final StringBuilder said = new StringBuilder();

  private record Numbers(int i, long l, float f, double d, boolean b, char c, String text) {}

  private record Nothing() {}

  private interface Greeting {
    String greet(String whom);

    private String twice(String whom) {
      Supplier<String> both = () -> greet(whom) + greet(whom);
      return both.get();
    }
  }

  private static class Parent {
    String who() {
      return "parent";
    }
  }

  private static final class Child extends Parent {
    @Override
    String who() {
      return "child";
    }

    Supplier<String> above() {
      return super::who;
    }
  }

  /** Of a nest: its lambda sees what is private to the other. */
  private final class Inner {
    private String seen() {
      Supplier<String> outer = () -> name + secret(1);
      return outer.get();
    }
  }

  @Override
  public String call() throws Exception {
    long wide = 1L << 40;
    double real = 0.5;
    int small = 7;
    say(Stream.of("b", "a").sorted().map(String::toUpperCase).toList());
    say(((Supplier<String>) () -> "captures nothing").get());
    say(((Function<String, String>) s -> s + name + wide + real + small).apply("captures "));
    say(((LongSupplier) () -> wide + small).getAsLong());
    say(((DoubleSupplier) () -> small).getAsDouble());
    say(((IntBinaryOperator) Math::max).applyAsInt(3, 9));
    ToLongFunction<Integer> unboxedAndWider = Integer::intValue;
    say(unboxedAndWider.applyAsLong(5));
    IntFunction<Object> boxed = Integer::valueOf;
    say(boxed.apply(6));
    Function<Integer, Long> both = Integer::longValue;
    say(both.apply(8));
    BiFunction<Zoo, Integer, String> unboundReceiver = Zoo::secret;
    say(unboundReceiver.apply(this, 2));
    Function<Integer, String> boundReceiver = this::secret;
    say(boundReceiver.apply(3));
    Supplier<List<String>> constructor = ArrayList::new;
    say(constructor.get());
    IntFunction<int[]> array = int[]::new;
    say(array.apply(4).length);
    Consumer<StringBuilder> dropsItsResult = StringBuilder::reverse;
    dropsItsResult.accept(new StringBuilder("x"));
    Predicate<String> negated = Predicate.not(String::isEmpty);
    say(negated.test(""));
    Greeting greeting = whom -> "hello " + whom.toLowerCase(Locale.ROOT);
    say(greeting.twice("YOU"));
    say(new Child().above().get() + new Child().who());
    say(new Inner().seen());
    say(nested().get().get());
    records();
    return said.toString();
  }

  private Supplier<Supplier<String>> nested() {
    return () -> () -> name + " in two";
  }

  private String secret(int times) {
    return "secret".repeat(times);
  }

  private void records() {
    var one = new Numbers(1, 2, 3f, 4, true, 'c', "text");
    say(one.hashCode());
    say(new Nothing().hashCode());
    say(one.equals(new Numbers(1, 2, 3f, 4, true, 'c', "te".concat("xt"))));
    say(one.equals(new Numbers(1, 2, 3f, 4, true, 'c', null)));
    say(one.equals(new Numbers(1, 2, 3f, 4, true, 'd', "text")));
    say(one.equals(new Numbers(1, 3, 3f, 4, true, 'c', "text")));
    say(
        new Numbers(0, 0, Float.NaN, -0.0, false, 'a', null)
            .equals(new Numbers(0, 0, Float.NaN, -0.0, false, 'a', null)));
    say(
        new Numbers(0, 0, 0, -0.0, false, 'a', null)
            .equals(new Numbers(0, 0, 0, 0.0, false, 'a', null)));
    say(one.equals("text"));
    say(new Nothing().equals(new Nothing()));
    say(one);
  }

  private void say(Object what) {
    said.append(what).append('\n');
  }
}
