package io.viking.syncer.pods.annotations;

import io.viking.cloud.v1.InstanceSpec;
import java.util.List;

/**
 * One annotation of the cloud that a pod may carry.
 *
 * @param key in full: "k8s.aliyun.com/eci-use-specs"
 * @param oldKeys names that it had; read when {@code key} is absent
 * @param defaultValue what holds without it, for people; {@code ""} = nothing
 * @param meaning one clause, for people
 * @param effect what it does to the instance that is asked for
 */
public record PodAnnotation<T>(
    String key,
    List<String> oldKeys,
    AnnotationType<T> type,
    String defaultValue,
    String meaning,
    Effect<T> effect) {

  public PodAnnotation {
    oldKeys = List.copyOf(oldKeys);
  }

  /** What a value does. */
  public sealed interface Effect<T> {
    /** It fills fields of the instance's spec. */
    non-sealed interface OnSpec<T> extends Effect<T> {
      /**
       * @param currency ISO 4217, of the prices in the catalog
       */
      void apply(T value, InstanceSpec.Builder spec, String currency);
    }

    /** It is checked and handed to the adapter as an extension. */
    record PassedOn<T>() implements Effect<T> {}

    /** The syncer itself acts on it. */
    record OnSyncer<T>() implements Effect<T> {}
  }

  static <T> PodAnnotation<T> onSpec(
      String key,
      AnnotationType<T> type,
      String defaultValue,
      String meaning,
      Effect.OnSpec<T> effect) {
    return new PodAnnotation<>(key, List.of(), type, defaultValue, meaning, effect);
  }

  static <T> PodAnnotation<T> onSyncer(
      String key, AnnotationType<T> type, String defaultValue, String meaning) {
    return new PodAnnotation<>(
        key, List.of(), type, defaultValue, meaning, new Effect.OnSyncer<>());
  }

  static <T> PodAnnotation<T> passedOn(
      String key, AnnotationType<T> type, String defaultValue, String meaning) {
    return new PodAnnotation<>(
        key, List.of(), type, defaultValue, meaning, new Effect.PassedOn<>());
  }

  PodAnnotation<T> formerly(String... names) {
    return new PodAnnotation<>(key, List.of(names), type, defaultValue, meaning, effect);
  }
}
