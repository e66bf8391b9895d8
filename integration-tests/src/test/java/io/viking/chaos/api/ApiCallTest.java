package io.viking.chaos.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiCallTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/pods?limit=500, list, pods, /",
    "GET, /api/v1/pods?watch=true&resourceVersion=7, watch, pods, /",
    "GET, /api/v1/namespaces/kube-system, get, namespaces, /kube-system",
    "GET, /api/v1/namespaces/ns/pods/p, get, pods, ns/p",
    "POST, /api/v1/namespaces/ns/pods/p/binding, create, pods/binding, ns/p",
    "PATCH, /api/v1/namespaces/ns/pods/p/status, patch, pods/status, ns/p",
    "DELETE, /api/v1/namespaces/ns/pods/p, delete, pods, ns/p",
    "PUT, /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/a, update, leases, kube-node-lease/a",
    "GET, /readyz, get, /readyz, ''",
  })
  void request_isReadAsKubernetesReadsIt(
      String method, URI uri, String verb, String resource, String object) {
    assertThat(ApiCall.of(method, uri)).isEqualTo(new ApiCall(verb, resource, object));
  }
}
