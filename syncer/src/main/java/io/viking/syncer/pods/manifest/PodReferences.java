package io.viking.syncer.pods.manifest;

import io.kubernetes.client.openapi.models.V1ConfigMapProjection;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1DownwardAPIVolumeFile;
import io.kubernetes.client.openapi.models.V1EnvFromSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecretProjection;
import io.kubernetes.client.openapi.models.V1ServiceAccountTokenProjection;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeProjection;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pod refers to, read off its spec without asking anybody; a spec's references never change.
 *
 * @param mounted in volumes: what they hold follows its changes
 * @param started in environments, and mounted: without it the pod cannot start
 * @param metadataMounted whether a volume shows the pod's labels or annotations, which change
 * @param tokenLife the shortest life of a token in a volume, as asked for; empty: there is none
 * @param fileVolumes whether it has a volume whose content comes as files
 */
public record PodReferences(
    Set<Reference> mounted,
    Set<Reference> started,
    boolean metadataMounted,
    Optional<Duration> tokenLife,
    boolean fileVolumes) {

  public PodReferences {
    mounted = Set.copyOf(mounted);
    started = Set.copyOf(started);
  }

  public static PodReferences of(V1Pod pod) {
    var reading = new Reading(namespace(pod));
    V1PodSpec spec = pod.getSpec();
    if (spec != null) {
      items(spec.getVolumes()).forEach(reading::volume);
      Stream.concat(items(spec.getInitContainers()), items(spec.getContainers()))
          .forEach(reading::environment);
    }
    return reading.end();
  }

  /**
   * Whether the pod certainly refers to nothing, since it has neither volumes nor variables with a
   * source. Quick, and one-sided: a pod with an emptyDir alone refers to nothing either.
   */
  public static boolean areNone(V1Pod pod) {
    V1PodSpec spec = pod.getSpec();
    return spec == null
        || (isEmpty(spec.getVolumes())
            && Stream.concat(items(spec.getInitContainers()), items(spec.getContainers()))
                .allMatch(PodReferences::isPlain));
  }

  private static boolean isPlain(V1Container container) {
    return isEmpty(container.getEnvFrom())
        && items(container.getEnv()).allMatch(variable -> variable.getValueFrom() == null);
  }

  private static boolean isEmpty(@Nullable List<?> list) {
    return list == null || list.isEmpty();
  }

  private static String namespace(V1Pod pod) {
    V1ObjectMeta metadata = pod.getMetadata();
    return metadata == null ? "" : orEmpty(metadata.getNamespace());
  }

  private static <T> Stream<T> items(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static final class Reading {
    private final String namespace;
    private final Set<Reference> mounted = new LinkedHashSet<>();
    private final Set<Reference> environment = new LinkedHashSet<>();
    private boolean metadataMounted;
    private boolean fileVolumes;
    private Optional<Duration> tokenLife = Optional.empty();

    Reading(String namespace) {
      this.namespace = namespace;
    }

    PodReferences end() {
      environment.addAll(mounted);
      return new PodReferences(mounted, environment, metadataMounted, tokenLife, fileVolumes);
    }

    void volume(V1Volume volume) {
      if (volume.getConfigMap() != null) {
        fileVolumes = true;
        mounted.add(configMap(volume.getConfigMap().getName()));
      }
      if (volume.getSecret() != null) {
        fileVolumes = true;
        mounted.add(secret(volume.getSecret().getSecretName()));
      }
      if (volume.getDownwardAPI() != null) {
        fileVolumes = true;
        items(volume.getDownwardAPI().getItems()).forEach(this::field);
      }
      if (volume.getProjected() != null) {
        fileVolumes = true;
        items(volume.getProjected().getSources()).forEach(this::projection);
      }
    }

    private void projection(V1VolumeProjection source) {
      V1ConfigMapProjection configMap = source.getConfigMap();
      if (configMap != null) {
        mounted.add(configMap(configMap.getName()));
      }
      V1SecretProjection secret = source.getSecret();
      if (secret != null) {
        mounted.add(secret(secret.getName()));
      }
      if (source.getDownwardAPI() != null) {
        items(source.getDownwardAPI().getItems()).forEach(this::field);
      }
      V1ServiceAccountTokenProjection token = source.getServiceAccountToken();
      if (token != null) {
        Duration life =
            Duration.ofSeconds(
                Objects.requireNonNullElse(
                    token.getExpirationSeconds(), TokenSource.DEFAULT_SECONDS));
        tokenLife = Optional.of(tokenLife.filter(known -> known.compareTo(life) < 0).orElse(life));
      }
    }

    private void field(V1DownwardAPIVolumeFile file) {
      var ref = file.getFieldRef();
      String path = ref == null ? "" : orEmpty(ref.getFieldPath());
      metadataMounted |=
          path.startsWith("metadata.labels") || path.startsWith("metadata.annotations");
    }

    void environment(V1Container container) {
      items(container.getEnvFrom()).forEach(this::source);
      items(container.getEnv()).forEach(this::variable);
    }

    private void source(V1EnvFromSource source) {
      if (source.getConfigMapRef() != null) {
        environment.add(configMap(source.getConfigMapRef().getName()));
      }
      if (source.getSecretRef() != null) {
        environment.add(secret(source.getSecretRef().getName()));
      }
    }

    private void variable(V1EnvVar variable) {
      V1EnvVarSource from = variable.getValueFrom();
      if (from != null && from.getConfigMapKeyRef() != null) {
        environment.add(configMap(from.getConfigMapKeyRef().getName()));
      }
      if (from != null && from.getSecretKeyRef() != null) {
        environment.add(secret(from.getSecretKeyRef().getName()));
      }
    }

    private Reference configMap(@Nullable String name) {
      return Reference.configMap(namespace, orEmpty(name));
    }

    private Reference secret(@Nullable String name) {
      return Reference.secret(namespace, orEmpty(name));
    }
  }
}
