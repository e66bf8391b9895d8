package io.viking.adapter.sim.network.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.network.serve.Routing.Way;
import io.viking.cloud.v1.CookieMatch;
import io.viking.cloud.v1.HeaderMatch;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.PathMatch.Kind;
import io.viking.cloud.v1.Redirect;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {
  @ParameterizedTest(name = "{0} {1}: {2} is {3}")
  @CsvSource({
    "EXACT,   /foo,   /foo,      true",
    "EXACT,   /foo,   /foo/,     false",
    "EXACT,   /foo/,  /foo,      false",
    "PREFIX,  /,      /any/path, true",
    "PREFIX,  /foo,   /foo,      true",
    "PREFIX,  /foo,   /foo/,     true",
    "PREFIX,  /foo/,  /foo,      true",
    "PREFIX,  /foo,   /foobar,   false",
    "PREFIX,  /a/b,   /a/b/c,    true",
    "PREFIX,  /a/b,   /a/bc,     false",
    "PREFIX,  /foo,   /FOO,      false",
    "PATTERN, /*.png, /a/b.png,  true",
    "PATTERN, /*.png, /a/b.jpg,  false",
    "PATTERN, /v?/x,  /v1/x,     true",
    "PATTERN, /v?/x,  /v10/x,    false"
  })
  void paths(Kind kind, String pattern, String path, boolean taken) {
    assertThat(Matching.path(PathMatch.newBuilder().setKind(kind).setPath(pattern).build(), path))
        .isEqualTo(taken);
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    "shop.example.com, shop.example.com,     true",
    "shop.example.com, SHOP.example.com:80,  true",
    "shop.example.com, www.example.com,      false",
    "*.example.com,    www.example.com,      true",
    "*.example.com,    a.www.example.com,    false",
    "*.example.com,    example.com,          false"
  })
  void hosts(String pattern, String host, boolean taken) {
    Rule rule = Rule.newBuilder().addHosts(pattern).build();

    assertThat(Matching.matches(rule, get("/", Map.of("host", host)))).isEqualTo(taken);
  }

  @Test
  void everyKindOfCondition_mustHold_byOneOfItsValues() {
    Rule rule =
        Rule.newBuilder()
            .addPaths(path(Kind.PREFIX, "/a"))
            .addPaths(path(Kind.PREFIX, "/b"))
            .addHeaders(HeaderMatch.newBuilder().setName("X-Canary").addValues("1").addValues("2"))
            .addCookies(CookieMatch.newBuilder().setName("who").setValue("me"))
            .build();
    Map<String, String> both = Map.of("x-canary", "2", "cookie", "other=1; who=me");

    assertThat(Matching.matches(rule, get("/b", both))).isTrue();
    assertThat(Matching.matches(rule, get("/c", both))).isFalse();
    assertThat(Matching.matches(rule, get("/a", Map.of("x-canary", "2")))).isFalse();
    assertThat(Matching.matches(rule, get("/a", Map.of("x-canary", "3", "cookie", "who=me"))))
        .isFalse();
  }

  @Test
  void firstRuleThatMatches_takesTheRequest_elseTheDefault_elseNobody() {
    Listener listener =
        Listener.newBuilder()
            .addRules(forward(path(Kind.PREFIX, "/shop/cart"), "cart"))
            .addRules(forward(path(Kind.PREFIX, "/shop"), "shop"))
            .build();

    assertThat(way(listener, "/shop/cart/1?q=2"))
        .isEqualTo(new Way.Forward("cart", "/shop/cart/1?q=2"));
    assertThat(way(listener, "/shop")).isEqualTo(new Way.Forward("shop", "/shop"));
    assertThat(way(listener, "/other")).isEqualTo(new Way.Nowhere());
    assertThat(way(listener.toBuilder().setDefaultServerGroup("rest").build(), "/other"))
        .isEqualTo(new Way.Forward("rest", "/other"));
  }

  @Test
  void weights_giveEachItsShare_fromTheFirstRequestsOn() {
    Rule canary =
        Rule.newBuilder()
            .addPaths(path(Kind.PREFIX, "/"))
            .addForward(group("old", 80))
            .addForward(group("none", 0))
            .addForward(group("new", 20))
            .build();
    Listener listener = Listener.newBuilder().addRules(canary).build();
    Turns turns = new Turns();
    Map<String, Integer> counts = new HashMap<>();

    IntStream.range(0, 100)
        .mapToObj(i -> Routing.way(listener, get("/", Map.of()), false, 80, turns.next("door")))
        .forEach(way -> counts.merge(((Way.Forward) way).group(), 1, Integer::sum));

    assertThat(counts).containsOnlyKeys("old", "new");
    assertThat(counts.get("new")).isBetween(18, 22);
  }

  @Test
  void noWeightAtAll_isNoBackend() {
    Rule rule =
        Rule.newBuilder().addPaths(path(Kind.PREFIX, "/")).addForward(group("old", 0)).build();

    assertThat(way(Listener.newBuilder().addRules(rule).build(), "/"))
        .isEqualTo(new Way.NoWeight());
  }

  @Test
  void rewrite_replacesThePath_andKeepsTheQuery() {
    Rule rule = forward(path(Kind.PREFIX, "/api"), "api").toBuilder().setRewritePath("/v1").build();

    assertThat(way(Listener.newBuilder().addRules(rule).build(), "/api/x?a=b"))
        .isEqualTo(new Way.Forward("api", "/v1?a=b"));
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
  @CsvSource({
    "https, '',    0,    '',   https://shop.example.com/a?b=c",
    "https, '',    8443, '',   https://shop.example.com:8443/a?b=c",
    "'',    other, 0,    '',   http://other:8080/a?b=c",
    "http,  '',    80,   /new, http://shop.example.com/new?b=c"
  })
  void redirects_keepWhatTheyDoNotName(
      String scheme, String host, int port, String path, String location) {
    Rule rule =
        Rule.newBuilder()
            .addPaths(path(Kind.PREFIX, "/"))
            .setRedirect(
                Redirect.newBuilder()
                    .setScheme(scheme)
                    .setHost(host)
                    .setPort(port)
                    .setPath(path)
                    .setCode(308))
            .build();

    assertThat(
            Routing.way(
                Listener.newBuilder().addRules(rule).build(),
                get("/a?b=c", Map.of("host", "shop.example.com:8080")),
                false,
                8080,
                0))
        .isEqualTo(new Way.Elsewhere(308, location));
  }

  @Test
  void requestForAProxy_isReadAsAnyOther() {
    assertThat(Request.of("GET", "http://shop.example.com/a?b", Map.of()).path()).isEqualTo("/a");
    assertThat(Request.of("GET", "http://shop.example.com", Map.of()).path()).isEqualTo("/");
  }

  private static Way way(Listener listener, String uri) {
    return Routing.way(listener, get(uri, Map.of()), false, 80, 0);
  }

  private static Request get(String uri, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return Request.of("GET", uri, all);
  }

  private static PathMatch path(Kind kind, String path) {
    return PathMatch.newBuilder().setKind(kind).setPath(path).build();
  }

  private static Rule forward(PathMatch path, String group) {
    return Rule.newBuilder().addPaths(path).addForward(group(group, 100)).build();
  }

  private static WeightedServerGroup group(String name, int weight) {
    return WeightedServerGroup.newBuilder().setServerGroup(name).setWeight(weight).build();
  }
}
