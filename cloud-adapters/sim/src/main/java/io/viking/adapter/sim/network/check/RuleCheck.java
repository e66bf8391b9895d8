package io.viking.adapter.sim.network.check;

import io.viking.cloud.v1.HeaderMatch;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Redirect;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one rule of a listener by itself. */
final class RuleCheck {
  private static final int LONGEST_NAME = 200;
  private static final int HEAVIEST = 100;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Pattern HOST =
      Pattern.compile(
          "(\\*\\.)?[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9a-zA-Z-]+");

  private RuleCheck() {}

  static void check(String field, Rule rule) {
    if (rule.getName().isEmpty() || rule.getName().length() > LONGEST_NAME) {
      throw Invalid.at(
          field + ".name", rule.getName(), "give 1 to " + LONGEST_NAME + " characters");
    }
    conditions(field, rule);
    if (rule.hasRedirect() == (rule.getForwardCount() > 0)) {
      throw Invalid.at(field, rule.getName(), "give either forward or redirect");
    }
    if (rule.hasRedirect()) {
      redirect(field + ".redirect", rule.getRedirect());
    }
    for (int i = 0; i < rule.getForwardCount(); i++) {
      WeightedServerGroup to = rule.getForward(i);
      String at = field + ".forward[" + i + "]";
      ListenerCheck.group(at + ".server_group", to.getServerGroup(), false);
      Invalid.range(at + ".weight", to.getWeight(), 0, HEAVIEST);
    }
    if (!rule.getRewritePath().isEmpty() && !rule.getRewritePath().startsWith("/")) {
      throw Invalid.at(field + ".rewrite_path", rule.getRewritePath(), "begin it with /");
    }
  }

  private static void conditions(String field, Rule rule) {
    if (rule.getHostsCount()
            + rule.getPathsCount()
            + rule.getHeadersCount()
            + rule.getCookiesCount()
        == 0) {
      throw Invalid.at(field, rule.getName(), "give a condition: hosts, paths, headers or cookies");
    }
    for (String host : rule.getHostsList()) {
      if (!HOST.matcher(host).matches()) {
        throw Invalid.at(field + ".hosts", host, "give a host name, or *. and a domain");
      }
    }
    for (PathMatch path : rule.getPathsList()) {
      if (!path.getPath().startsWith("/") && path.getKind() != PathMatch.Kind.PATTERN) {
        throw Invalid.at(field + ".paths", path.getPath(), "begin it with /");
      }
      if (path.getKind() == PathMatch.Kind.KIND_UNSPECIFIED
          || path.getKind() == PathMatch.Kind.UNRECOGNIZED
          || path.getPath().isEmpty()) {
        throw Invalid.at(
            field + ".paths", path.getPath(), "give a path and its kind: EXACT, PREFIX, PATTERN");
      }
    }
    for (HeaderMatch header : rule.getHeadersList()) {
      if (!TOKEN.matcher(header.getName()).matches()) {
        throw Invalid.at(field + ".headers", header.getName(), "it is no name of a header");
      }
      if (header.getValuesCount() == 0) {
        throw Invalid.at(field + ".headers", header.getName(), "give the values that it may have");
      }
    }
    rule.getCookiesList().stream()
        .filter(cookie -> !TOKEN.matcher(cookie.getName()).matches())
        .findFirst()
        .ifPresent(
            cookie -> {
              throw Invalid.at(field + ".cookies", cookie.getName(), "it is no name of a cookie");
            });
  }

  private static void redirect(String field, Redirect redirect) {
    if (!REDIRECTS.contains(redirect.getCode())) {
      throw Invalid.at(field + ".code", redirect.getCode(), "give 301, 302, 303, 307 or 308");
    }
    if (!Set.of("", "http", "https").contains(redirect.getScheme())) {
      throw Invalid.at(field + ".scheme", redirect.getScheme(), "give http or https");
    }
    Invalid.range(field + ".port", redirect.getPort(), 0, 65_535);
    if (!redirect.getPath().isEmpty() && !redirect.getPath().startsWith("/")) {
      throw Invalid.at(field + ".path", redirect.getPath(), "begin it with /");
    }
  }
}
