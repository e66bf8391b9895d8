package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /healthz, Healthz, get, healthz proxy",
    "GET, /healthz/ping, Healthz, get, healthz proxy",
    "GET, /pods, Pods, get, pods proxy",
    "GET, /pods/, Pods, get, pods proxy",
    "GET, /runningpods/, RunningPods, get, pods proxy",
    "GET, /containerLogs/shop/web/app, ContainerLogs, get, proxy",
    "POST, /containerLogs/shop/web/app, WrongMethod, create, proxy",
    "GET, /containerLogs/shop/web, Unknown, get, proxy",
    "GET, /containerLogs/shop/web/, Unknown, get, proxy",
    "POST, /exec/shop/web/app, Streaming, create, proxy",
    "GET, /exec/shop/web/app, Streaming, get, proxy",
    "DELETE, /exec/shop/web/app, WrongMethod, delete, proxy",
    "POST, /exec/shop/web/uid-1/app, Streaming, create, proxy",
    "POST, /exec/shop/web, Unknown, create, proxy",
    "GET, /attach/shop/web/app, Streaming, get, proxy",
    "POST, /portForward/shop/web, Streaming, create, proxy",
    "POST, /portForward/shop/web/uid-1, Streaming, create, proxy",
    "GET, /stats/summary, Usage, get, stats",
    "GET, /stats/summary/zone-a, Usage, get, stats",
    "GET, /stats/container, Unknown, get, stats",
    "GET, /metrics/resource, Usage, get, metrics",
    "GET, /metrics/resource/zone-a, Usage, get, metrics",
    "POST, /metrics/resource, WrongMethod, create, metrics",
    "GET, /metrics, Unknown, get, metrics",
    "GET, /logs/x, Unknown, get, log",
    "GET, /configz, Configz, get, configz proxy",
    "POST, /run/shop/web/app, Unknown, create, proxy",
    "GET, /, Unknown, get, proxy",
  })
  void of_table(String method, String path, String route, String verb, String subresources) {
    assertThat(Route.of(method, path).getClass().getSimpleName()).isEqualTo(route);
    assertThat(Route.verb(method)).isEqualTo(verb);
    assertThat(Route.subresources(path)).isEqualTo(List.of(subresources.split(" ")));
  }
}
