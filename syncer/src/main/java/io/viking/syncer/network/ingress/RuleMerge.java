package io.viking.syncer.network.ingress;

import io.viking.cloud.v1.CookieMatch;
import io.viking.cloud.v1.HeaderMatch;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Redirect;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import io.viking.kube.annotations.IngressAnnotations;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The paths of several Ingresses → the rules of one listener, in the order of evaluation. Pure.
 *
 * <p>For the same host and path the older Ingress wins, and the younger is told. A canary Ingress
 * takes its part of an Ingress with the same host and path: by header, then by cookie, then by
 * weight.
 */
final class RuleMerge {
  private static final int WHOLE = 100;
  private static final int PERMANENT_REDIRECT = 308;

  private final OptionalInt redirectTo;
  private final List<Notice> notices;
  private final List<Rule> rules = new ArrayList<>();

  private RuleMerge(OptionalInt redirectTo, List<Notice> notices) {
    this.redirectTo = redirectTo;
    this.notices = notices;
  }

  /**
   * @param wishes the oldest Ingress' first
   * @param redirectTo the HTTPS port to which Ingresses may send on what arrives here
   * @param notices gets what users shall be told
   */
  static List<Rule> rules(List<RuleWish> wishes, OptionalInt redirectTo, List<Notice> notices) {
    var merge = new RuleMerge(redirectTo, notices);
    Map<RuleWish.Match, RuleWish> bases = new TreeMap<>(RuleWish.MOST_SPECIFIC_FIRST);
    Map<RuleWish.Match, List<RuleWish>> canaries = new TreeMap<>(RuleWish.MOST_SPECIFIC_FIRST);
    for (RuleWish wish : wishes) {
      if (wish.values().get(IngressAnnotations.CANARY).orElse(false)) {
        canaries.computeIfAbsent(wish.match(), _ -> new ArrayList<>()).add(wish);
      } else {
        RuleWish older = bases.putIfAbsent(wish.match(), wish);
        if (older != null) {
          merge.conflict(older, wish);
        }
      }
    }
    bases.forEach((match, base) -> merge.add(base, canaries.getOrDefault(match, List.of())));
    canaries.forEach(
        (match, all) -> {
          if (!bases.containsKey(match)) {
            all.forEach(merge::withoutBase);
          }
        });
    return merge.rules;
  }

  private void add(RuleWish base, List<RuleWish> canaries) {
    if (redirectTo.isPresent()
        && base.values().get(IngressAnnotations.SSL_REDIRECT).orElse(false)) {
      rules.add(
          matching(base, "")
              .setRedirect(
                  Redirect.newBuilder()
                      .setScheme("https")
                      .setPort(redirectTo.getAsInt())
                      .setCode(PERMANENT_REDIRECT))
              .build());
      return;
    }
    canaries.forEach(canary -> byHeader(base, canary));
    canaries.forEach(canary -> byCookie(base, canary));
    Optional<RuleWish> weighted =
        canaries.stream()
            .filter(canary -> canary.values().get(IngressAnnotations.CANARY_WEIGHT).orElse(0) > 0)
            .findFirst();
    int part =
        weighted.flatMap(canary -> canary.values().get(IngressAnnotations.CANARY_WEIGHT)).orElse(0);
    Rule.Builder rule = matching(base, "");
    rule.addForward(to(base, WHOLE - part));
    weighted.ifPresent(canary -> rule.addForward(to(canary, part)));
    rules.add(rewriting(rule, base).build());
  }

  private void byHeader(RuleWish base, RuleWish canary) {
    Optional<String> header = canary.values().get(IngressAnnotations.CANARY_BY_HEADER);
    if (header.isEmpty()) {
      return;
    }
    Optional<String> value = canary.values().get(IngressAnnotations.CANARY_BY_HEADER_VALUE);
    rules.add(
        forwarding(canary, "/header")
            .addHeaders(header(header.get(), value.orElse("always")))
            .build());
    if (value.isEmpty()) {
      rules.add(
          forwarding(base, "/header-never/" + canary.ruleName())
              .addHeaders(header(header.get(), "never"))
              .build());
    }
  }

  private void byCookie(RuleWish base, RuleWish canary) {
    Optional<String> cookie = canary.values().get(IngressAnnotations.CANARY_BY_COOKIE);
    if (cookie.isEmpty()) {
      return;
    }
    rules.add(forwarding(canary, "/cookie").addCookies(cookie(cookie.get(), "always")).build());
    rules.add(
        forwarding(base, "/cookie-never/" + canary.ruleName())
            .addCookies(cookie(cookie.get(), "never"))
            .build());
  }

  private static Rule.Builder forwarding(RuleWish wish, String suffix) {
    return rewriting(matching(wish, suffix).addForward(to(wish, WHOLE)), wish);
  }

  private static Rule.Builder matching(RuleWish wish, String suffix) {
    Rule.Builder rule =
        Rule.newBuilder()
            .setName(wish.ruleName() + suffix)
            .addPaths(PathMatch.newBuilder().setKind(wish.kind()).setPath(wish.path()));
    return wish.host().isEmpty() ? rule : rule.addHosts(wish.host());
  }

  private static Rule.Builder rewriting(Rule.Builder rule, RuleWish wish) {
    return rule.setRewritePath(wish.values().get(IngressAnnotations.REWRITE_TARGET).orElse(""));
  }

  private static WeightedServerGroup to(RuleWish wish, int weight) {
    return WeightedServerGroup.newBuilder().setServerGroup(wish.group()).setWeight(weight).build();
  }

  private static HeaderMatch header(String name, String value) {
    return HeaderMatch.newBuilder().setName(name).addValues(value).build();
  }

  private static CookieMatch cookie(String name, String value) {
    return CookieMatch.newBuilder().setName(name).setValue(value).build();
  }

  private void conflict(RuleWish older, RuleWish younger) {
    notices.add(
        Notice.warning(
            Owner.ingress(younger.ingress().name()),
            "RuleConflict",
            "host \"%s\", path \"%s\" is taken by the older Ingress %s, which gets the requests: choose another host or path"
                .formatted(younger.host(), younger.path(), older.ingress().name())));
  }

  private void withoutBase(RuleWish canary) {
    notices.add(
        Notice.warning(
            Owner.ingress(canary.ingress().name()),
            "CanaryWithoutBase",
            "no Ingress without %s has host \"%s\", path \"%s\": there is nothing to take a part of"
                .formatted(IngressAnnotations.CANARY.key(), canary.host(), canary.path())));
  }
}
