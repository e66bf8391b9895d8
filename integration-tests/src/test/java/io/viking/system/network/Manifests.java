package io.viking.system.network;

/** Manifests that more than one test applies. */
final class Manifests {
  private Manifests() {}

  /** A Deployment of which the pods listen on a port named http. */
  static String serving(String app, int replicas) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s}
        spec:
          replicas: %2$d
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              containers:
              - name: main
                image: nginx
                ports: [{name: http, containerPort: 8080}]
        ---
        """
        .formatted(app, replicas);
  }

  /** A Service of that app, on port 80. */
  static String service(String app, String fields) {
    return """
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s}
        spec:
          selector: {app: %1$s}
          ports: [{name: http, port: 80, targetPort: http}]
        %2$s---
        """
        .formatted(app, fields.indent(2));
  }

  static String clusterIp(String app) {
    return service(app, "");
  }

  static String balanced(String app) {
    return service(app, "type: LoadBalancer");
  }

  /** A Service with an annotation. */
  static String annotated(String app, String key, String value, String fields) {
    return service(app, fields)
        .replace(
            "metadata: {name: %s}".formatted(app),
            "metadata: {name: %s, annotations: {%s: \"%s\"}}".formatted(app, key, value));
  }

  /**
   * An Ingress of class alb.
   *
   * @param annotations in YAML's flow form, without braces
   * @param rules the items of {@code spec.rules}, and what else is in the spec
   */
  static String ingress(String name, String annotations, String rules) {
    return """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: %s
          annotations: {%s}
        spec:
          ingressClassName: alb
        %s---
        """
        .formatted(name, annotations, rules.indent(2));
  }

  /** A rule with one path. */
  static String rule(String host, String type, String path, String service) {
    return """
        - host: "%s"
          http: {paths: [{path: "%s", pathType: %s, backend: {service: {name: %s, port: {number: 80}}}}]}
        """
        .formatted(host, path, type, service);
  }
}
