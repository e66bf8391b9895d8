package io.viking.cli.network;

import io.kubernetes.client.openapi.models.V1CustomResourceDefinition;
import io.kubernetes.client.openapi.models.V1IngressClass;
import io.kubernetes.client.openapi.models.V1IngressClassParametersReference;
import io.kubernetes.client.openapi.models.V1IngressClassSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.cli.install.InstalledTypes;
import io.viking.cli.install.Installer;
import io.viking.cli.install.JarManifest;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.network.ingress.AlbConfig;
import io.viking.syncer.network.ingress.AlbConfigObject;
import io.viking.syncer.network.ingress.IngressClass;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/**
 * The IngressClasses {@code alb} and {@code slb}, and the definition of AlbConfig. They are made at
 * every start where they are not there, and stay as they are where they are: a cluster may have
 * them from somebody else.
 */
public final class IngressKinds {
  private static final String DEFINITION = "albconfig.yaml";
  private static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/managed-by", "viking");

  private final Installer installer;

  public IngressKinds(Installer installer) {
    this.installer = installer;
  }

  /**
   * Makes them.
   *
   * @return why not all of them are there, in one sentence
   */
  public Optional<String> apply() throws InterruptedException {
    try {
      installer.createIfAbsent(InstalledTypes.DEFINITIONS, definition());
      installer.createIfAbsent(
          ResourceType.INGRESS_CLASSES,
          ingressClass("alb", IngressClass.ALB)
              .spec(
                  new V1IngressClassSpec()
                      .controller(IngressClass.ALB)
                      .parameters(
                          new V1IngressClassParametersReference()
                              .apiGroup(AlbConfigObject.TYPE.group())
                              .kind(AlbConfigObject.TYPE.kind())
                              .name(AlbConfig.DEFAULT))));
      installer.createIfAbsent(ResourceType.INGRESS_CLASSES, ingressClass("slb", IngressClass.SLB));
      return Optional.empty();
    } catch (KubeApiException refused) {
      return Optional.of(
          "the IngressClasses alb and slb were not written (%s); Ingresses have no class until somebody writes them"
              .formatted(refused.getMessage()));
    }
  }

  private static V1IngressClass ingressClass(String name, String controller) {
    return new V1IngressClass()
        .apiVersion("networking.k8s.io/v1")
        .kind("IngressClass")
        .metadata(new V1ObjectMeta().name(name).labels(LABELS))
        .spec(new V1IngressClassSpec().controller(controller));
  }

  static V1CustomResourceDefinition definition() {
    Object yaml = new Yaml().load(JarManifest.text(IngressKinds.class, DEFINITION));
    return KubeJson.read(KubeJson.gson().toJson(yaml), V1CustomResourceDefinition.class);
  }
}
