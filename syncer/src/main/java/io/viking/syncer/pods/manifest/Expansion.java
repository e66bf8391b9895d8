package io.viking.syncer.pods.manifest;

import java.util.Optional;
import java.util.function.Function;

/**
 * Expands {@code $(VAR)} as the kubelet does: a known variable is replaced, once; an unknown one
 * stays as it is written; {@code $$} is a dollar sign, so that {@code $$(VAR)} is the text {@code
 * $(VAR)}; a dollar sign before anything else is itself.
 */
final class Expansion {
  private Expansion() {}

  static String expand(String text, Function<String, Optional<String>> variables) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder expanded = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      int end = c == '$' && next == '(' ? text.indexOf(')', i) : -1;
      if (c == '$' && next == '$') {
        expanded.append('$');
        i += 2;
      } else if (end > 0) {
        String reference = text.substring(i, end + 1);
        String name = text.substring(i + 2, end);
        expanded.append(variables.apply(name).orElse(reference));
        i = end + 1;
      } else if (c == '$' && next == '(') {
        expanded.append("$(");
        i += 2;
      } else {
        expanded.append(c);
        i++;
      }
    }
    return expanded.toString();
  }
}
