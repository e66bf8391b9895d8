package io.viking.adapter.sim.shell;

import io.viking.adapter.sim.shell.Lexer.Token;
import io.viking.adapter.sim.shell.Script.Assignment;
import io.viking.adapter.sim.shell.Script.Condition;
import io.viking.adapter.sim.shell.Script.Pipeline;
import io.viking.adapter.sim.shell.Script.Redirection;
import io.viking.adapter.sim.shell.Script.Simple;
import io.viking.adapter.sim.shell.Script.Step;
import io.viking.adapter.sim.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Understands a script, or says what in it this shell does not have. Pure. */
final class Parser {
  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "then",
          "else",
          "fi",
          "for",
          "while",
          "until",
          "do",
          "done",
          "case",
          "esac",
          "function",
          "{",
          "}");

  private final List<Token> tokens;
  private int at;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Script parse(String script) throws SyntaxError {
    return new Parser(Lexer.tokens(script)).script();
  }

  private Script script() throws SyntaxError {
    List<Step> steps = new ArrayList<>();
    Condition condition = Condition.ALWAYS;
    while (true) {
      skipLines();
      if (at == tokens.size()) {
        if (condition != Condition.ALWAYS) {
          throw new SyntaxError("syntax error: unexpected end of file");
        }
        return new Script(List.copyOf(steps));
      }
      steps.add(new Step(condition, pipeline()));
      condition = Condition.ALWAYS;
      if (operator("&&")) {
        condition = Condition.AFTER_SUCCESS;
        at++;
      } else if (operator("||")) {
        condition = Condition.AFTER_FAILURE;
        at++;
      } else if (operator(";") || operator("\n")) {
        at++;
      } else if (operator("&")) {
        throw SyntaxError.notSimulated("running in the background (&)");
      } else if (at < tokens.size()) {
        throw unexpected();
      }
    }
  }

  private Pipeline pipeline() throws SyntaxError {
    boolean negated = keyword("!");
    if (negated) {
      at++;
    }
    List<Simple> commands = new ArrayList<>();
    commands.add(simple());
    while (operator("|")) {
      at++;
      skipLines();
      commands.add(simple());
    }
    return new Pipeline(negated, List.copyOf(commands));
  }

  private Simple simple() throws SyntaxError {
    List<Assignment> assignments = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    List<Redirection> redirections = new ArrayList<>();
    if (operator("(")) {
      throw SyntaxError.notSimulated("a subshell in ( )");
    }
    while (at < tokens.size()) {
      Optional<Redirection> redirection = redirection();
      if (redirection.isPresent()) {
        redirections.add(redirection.get());
      } else if (tokens.get(at) instanceof Token.Text text) {
        at++;
        Optional<Assignment> assignment =
            words.isEmpty() ? assignment(text.word()) : Optional.empty();
        if (assignment.isPresent()) {
          assignments.add(assignment.get());
        } else {
          if (words.isEmpty() && text.plain()) {
            refuseKeyword(text.word());
          }
          words.add(text.word());
        }
      } else {
        break;
      }
    }
    if (assignments.isEmpty() && words.isEmpty() && redirections.isEmpty()) {
      throw unexpected();
    }
    return new Simple(List.copyOf(assignments), List.copyOf(words), List.copyOf(redirections));
  }

  private Optional<Redirection> redirection() throws SyntaxError {
    int stream = -1;
    int sign = at;
    if (tokens.get(at) instanceof Token.Text text
        && text.plain()
        && text.adjoining()
        && text.word().constant().filter(n -> n.matches("[012]")).isPresent()) {
      stream = Integer.parseInt(text.word().constant().orElseThrow());
      sign++;
    }
    if (!(tokens.get(sign) instanceof Token.Operator(String operator))) {
      return Optional.empty();
    }
    switch (operator) {
      case "<" -> {
        at = sign + 1;
        return Optional.of(new Redirection.Read(word()));
      }
      case ">", ">>" -> {
        at = sign + 1;
        return Optional.of(
            new Redirection.Write(stream < 0 ? 1 : stream, word(), operator.equals(">>")));
      }
      case ">&" -> {
        at = sign + 1;
        String other = word().constant().filter(n -> n.matches("[12]")).orElse("");
        if (other.isEmpty()) {
          throw SyntaxError.notSimulated(">& of anything but 1 or 2");
        }
        return Optional.of(new Redirection.Join(stream < 0 ? 1 : stream, Integer.parseInt(other)));
      }
      case "<<", "<&" -> throw SyntaxError.notSimulated(operator);
      default -> {
        return Optional.empty();
      }
    }
  }

  private Word word() throws SyntaxError {
    if (at < tokens.size() && tokens.get(at) instanceof Token.Text text) {
      at++;
      return text.word();
    }
    throw unexpected();
  }

  private static Optional<Assignment> assignment(Word word) {
    if (word.parts().isEmpty() || !(word.parts().getFirst() instanceof Part.Text(String text))) {
      return Optional.empty();
    }
    int equals = text.indexOf('=');
    if (equals < 1 || !Lexer.isName(text.substring(0, equals))) {
      return Optional.empty();
    }
    List<Part> value = new ArrayList<>(word.parts());
    value.set(0, new Part.Text(text.substring(equals + 1)));
    return Optional.of(new Assignment(text.substring(0, equals), new Word(List.copyOf(value))));
  }

  private static void refuseKeyword(Word word) throws SyntaxError {
    Optional<String> keyword = word.constant().filter(KEYWORDS::contains);
    if (keyword.isPresent()) {
      throw SyntaxError.notSimulated(keyword.get());
    }
  }

  private void skipLines() {
    while (operator("\n")) {
      at++;
    }
  }

  private boolean operator(String sign) {
    return at < tokens.size()
        && tokens.get(at) instanceof Token.Operator operator
        && operator.sign().equals(sign);
  }

  private boolean keyword(String word) {
    return at < tokens.size()
        && tokens.get(at) instanceof Token.Text text
        && text.plain()
        && text.word().constant().filter(word::equals).isPresent();
  }

  private SyntaxError unexpected() {
    if (at >= tokens.size()) {
      return new SyntaxError("syntax error: unexpected end of file");
    }
    String what =
        tokens.get(at) instanceof Token.Operator operator
            ? operator.sign().replace("\n", "newline")
            : "word";
    return new SyntaxError("syntax error: unexpected \"" + what + "\"");
  }
}
