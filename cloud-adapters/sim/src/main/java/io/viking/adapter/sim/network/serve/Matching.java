package io.viking.adapter.sim.network.serve;

import io.viking.cloud.v1.CookieMatch;
import io.viking.cloud.v1.HeaderMatch;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Rule;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a rule takes a request: every kind of condition that it has must hold. */
final class Matching {
  private Matching() {}

  static boolean matches(Rule rule, Request request) {
    return (rule.getHostsCount() == 0
            || rule.getHostsList().stream().anyMatch(h -> host(h, request)))
        && (rule.getPathsCount() == 0
            || rule.getPathsList().stream().anyMatch(p -> path(p, request.path())))
        && rule.getHeadersList().stream().allMatch(h -> header(h, request))
        && rule.getCookiesList().stream().allMatch(c -> cookie(c, request));
  }

  /** {@code *.} stands for one label, as in an Ingress. */
  private static boolean host(String pattern, Request request) {
    String wanted = pattern.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(request.host());
    }
    int dot = request.host().indexOf('.');
    return dot > 0 && request.host().substring(dot).equals(wanted.substring(1));
  }

  static boolean path(PathMatch match, String path) {
    return switch (match.getKind()) {
      case EXACT -> path.equals(match.getPath());
      case PREFIX -> prefix(match.getPath(), path);
      case PATTERN -> pattern(match.getPath()).matcher(path).matches();
      case KIND_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  /** By whole elements, as an Ingress' Prefix: {@code /foo} takes /foo, /foo/ and /foo/bar. */
  private static boolean prefix(String prefix, String path) {
    String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return path.startsWith(trimmed)
        && (path.length() == trimmed.length() || path.charAt(trimmed.length()) == '/');
  }

  /** {@code *} stands for anything, {@code ?} for one character. */
  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static boolean header(HeaderMatch match, Request request) {
    List<String> values =
        request.headers().getOrDefault(match.getName().toLowerCase(Locale.ROOT), List.of());
    return values.stream().anyMatch(match.getValuesList()::contains);
  }

  private static boolean cookie(CookieMatch match, Request request) {
    return request.cookie(match.getName()).filter(match.getValue()::equals).isPresent();
  }
}
