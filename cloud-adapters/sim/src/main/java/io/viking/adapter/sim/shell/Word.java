package io.viking.adapter.sim.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A word of a script before its variables are known. */
record Word(List<Part> parts) {

  /** A stretch of a word. */
  sealed interface Part {
    /** Text as it stands. */
    record Text(String text) implements Part {}

    /**
     * The value of a variable.
     *
     * @param otherwise what stands for one that is empty or not set: {@code ${NAME:-otherwise}}
     * @param quoted its value stays one word
     */
    record Variable(String name, String otherwise, boolean quoted) implements Part {}
  }

  /** The text of a word without variables. */
  Optional<String> constant() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text literal -> text.append(literal.text());
        case Part.Variable ignored -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(text.toString());
  }

  /** As one word, whatever stands in its variables. */
  String text(Function<String, String> variables) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          switch (part) {
            case Part.Text literal -> literal.text();
            case Part.Variable variable -> value(variable, variables);
          });
    }
    return text.toString();
  }

  /** As the words that it becomes: values without quotes are split at blanks, or vanish. */
  List<String> words(Function<String, String> variables) {
    List<String> words = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    boolean present = false;
    for (Part part : parts) {
      switch (part) {
        case Part.Text literal -> {
          current.append(literal.text());
          present = true;
        }
        case Part.Variable variable -> {
          String value = value(variable, variables);
          if (variable.quoted()) {
            current.append(value);
            present = true;
            continue;
          }
          for (int i = 0; i < value.length(); i++) {
            if (!Character.isWhitespace(value.charAt(i))) {
              current.append(value.charAt(i));
              present = true;
            } else if (present) {
              words.add(current.toString());
              current.setLength(0);
              present = false;
            }
          }
        }
      }
    }
    if (present) {
      words.add(current.toString());
    }
    return words;
  }

  private static String value(Part.Variable variable, Function<String, String> variables) {
    String value = variables.apply(variable.name());
    return value.isEmpty() ? variable.otherwise() : value;
  }
}
