package io.viking.syncer.network.ingress;

import io.viking.cloud.v1.PathMatch;
import io.viking.kube.annotations.AnnotationValues;
import java.util.Comparator;

/**
 * A path of an Ingress, on its way to become a rule.
 *
 * @param place among the Ingress' paths, from 0
 * @param group the server group's name
 */
record RuleWish(
    Ingress ingress,
    AnnotationValues values,
    int place,
    String host,
    PathMatch.Kind kind,
    String path,
    String group) {
  /** What requests it takes; two wishes for the same cannot both come true. */
  record Match(String host, PathMatch.Kind kind, String path) {}

  /**
   * The order of evaluation: the first rule that matches takes a request. Exact hosts before
   * wildcards, the longer wildcard first, rules for any host last; exact paths before patterns
   * before prefixes, the longer first.
   */
  static final Comparator<Match> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt((Match match) -> hostRank(match.host()))
          .thenComparing(match -> match.host().startsWith("*") ? -match.host().length() : 0)
          .thenComparing(Match::host)
          .thenComparingInt(match -> kindRank(match.kind()))
          .thenComparingInt(match -> -match.path().length())
          .thenComparing(Match::path);

  static RuleWish of(
      Ingress ingress, AnnotationValues values, int place, Ingress.Path path, String group) {
    return new RuleWish(ingress, values, place, path.host(), kind(path), path.path(), group);
  }

  Match match() {
    return new Match(host, kind, path);
  }

  /** Unique on a listener. */
  String ruleName() {
    return ingress.name() + "/" + place;
  }

  /** A path with a star is the cloud's own pattern; otherwise ours is Prefix. */
  private static PathMatch.Kind kind(Ingress.Path path) {
    return switch (path.type()) {
      case EXACT -> PathMatch.Kind.EXACT;
      case PREFIX -> PathMatch.Kind.PREFIX;
      case IMPLEMENTATION_SPECIFIC ->
          path.path().contains("*") ? PathMatch.Kind.PATTERN : PathMatch.Kind.PREFIX;
    };
  }

  private static int hostRank(String host) {
    return host.isEmpty() ? 2 : host.startsWith("*") ? 1 : 0;
  }

  private static int kindRank(PathMatch.Kind kind) {
    return switch (kind) {
      case EXACT -> 0;
      case PATTERN -> 1;
      case PREFIX, KIND_UNSPECIFIED, UNRECOGNIZED -> 2;
    };
  }
}
