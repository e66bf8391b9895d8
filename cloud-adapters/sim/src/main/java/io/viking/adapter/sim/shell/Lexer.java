package io.viking.adapter.sim.shell;

import io.viking.adapter.sim.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;

/** Cuts a script into words and operators. */
final class Lexer {
  private static final String OPERATOR_SIGNS = ";&|<>()\n";
  private static final List<String> OPERATORS =
      List.of("&&", "||", ">>", ">&", "<&", "<<", ";", "&", "|", "<", ">", "(", ")", "\n");

  /** A piece of a script. */
  sealed interface Token {
    /**
     * @param plain without quotes, so that it may be a keyword or the number of a stream
     * @param adjoining an operator follows without a blank: "2>"
     */
    record Text(Word word, boolean plain, boolean adjoining) implements Token {}

    record Operator(String sign) implements Token {}
  }

  private final String script;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String script) {
    this.script = script;
  }

  static List<Token> tokens(String script) throws SyntaxError {
    Lexer lexer = new Lexer(script);
    lexer.run();
    return lexer.tokens;
  }

  private void run() throws SyntaxError {
    while (at < script.length()) {
      char next = script.charAt(at);
      if (next == ' ' || next == '\t' || next == '\r') {
        at++;
      } else if (next == '\\' && script.startsWith("\n", at + 1)) {
        at += 2;
      } else if (next == '#') {
        while (at < script.length() && script.charAt(at) != '\n') {
          at++;
        }
      } else if (OPERATOR_SIGNS.indexOf(next) >= 0) {
        String sign =
            OPERATORS.stream().filter(o -> script.startsWith(o, at)).findFirst().orElse("");
        tokens.add(new Token.Operator(sign));
        at += sign.length();
      } else {
        word();
      }
    }
  }

  private void word() throws SyntaxError {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean plain = true;
    while (at < script.length()) {
      char next = script.charAt(at);
      if (Character.isWhitespace(next) || OPERATOR_SIGNS.indexOf(next) >= 0) {
        break;
      }
      at++;
      switch (next) {
        case '\'' -> {
          plain = false;
          int end = script.indexOf('\'', at);
          if (end < 0) {
            throw new SyntaxError("unterminated quoted string");
          }
          text.append(script, at, end);
          flush(text, parts, true);
          at = end + 1;
        }
        case '"' -> {
          plain = false;
          quoted(text, parts);
        }
        case '\\' -> {
          plain = false;
          if (at < script.length() && script.charAt(at) != '\n') {
            text.append(script.charAt(at));
          }
          at++;
        }
        case '$' -> variable(text, parts, false);
        case '`' -> throw SyntaxError.notSimulated("command substitution");
        default -> text.append(next);
      }
    }
    flush(text, parts, false);
    boolean adjoining = at < script.length() && "<>".indexOf(script.charAt(at)) >= 0;
    tokens.add(new Token.Text(new Word(List.copyOf(parts)), plain, adjoining));
  }

  private void quoted(StringBuilder text, List<Part> parts) throws SyntaxError {
    while (true) {
      if (at >= script.length()) {
        throw new SyntaxError("unterminated quoted string");
      }
      char next = script.charAt(at++);
      switch (next) {
        case '"' -> {
          flush(text, parts, true);
          return;
        }
        case '\\' -> {
          char escaped = at < script.length() ? script.charAt(at++) : '\\';
          if ("\"\\$`".indexOf(escaped) < 0) {
            text.append('\\');
          }
          text.append(escaped);
        }
        case '$' -> variable(text, parts, true);
        case '`' -> throw SyntaxError.notSimulated("command substitution");
        default -> text.append(next);
      }
    }
  }

  /** After a dollar sign; one that names nothing stands for itself. */
  private void variable(StringBuilder text, List<Part> parts, boolean quoted) throws SyntaxError {
    if (script.startsWith("(", at)) {
      throw SyntaxError.notSimulated("command substitution");
    }
    if (script.startsWith("{", at)) {
      int end = script.indexOf('}', at);
      int colon = script.indexOf(":-", at);
      String name = end < 0 ? "" : script.substring(at + 1, colon > 0 && colon < end ? colon : end);
      if (!isName(name) && !name.equals("?")) {
        throw SyntaxError.notSimulated("${" + name + "}");
      }
      flush(text, parts, false);
      String otherwise = colon > 0 && colon < end ? script.substring(colon + 2, end) : "";
      parts.add(new Part.Variable(name, otherwise, quoted));
      at = end + 1;
      return;
    }
    int end = at;
    if (script.startsWith("?", at)) {
      end++;
    } else {
      while (end < script.length() && isName(script.substring(at, end + 1))) {
        end++;
      }
    }
    if (end == at) {
      text.append('$');
      return;
    }
    flush(text, parts, false);
    parts.add(new Part.Variable(script.substring(at, end), "", quoted));
    at = end;
  }

  /** What was quoted is a part even if it is empty. */
  private static void flush(StringBuilder text, List<Part> parts, boolean evenEmpty) {
    if (!text.isEmpty() || evenEmpty) {
      parts.add(new Part.Text(text.toString()));
      text.setLength(0);
    }
  }

  static boolean isName(String text) {
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }
}
