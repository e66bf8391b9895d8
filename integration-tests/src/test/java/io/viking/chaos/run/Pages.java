package io.viking.chaos.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists of the contract, page by page. */
final class Pages {
  private Pages() {}

  /**
   * All items.
   *
   * @param page of that token; "" is the first
   */
  static <P, T> List<T> all(
      Function<String, P> page, Function<P, List<T>> items, Function<P, String> next) {
    var all = new ArrayList<T>();
    String token = "";
    do {
      P answer = page.apply(token);
      all.addAll(items.apply(answer));
      token = next.apply(answer);
    } while (!token.isEmpty());
    return all;
  }
}
