package io.viking.cli.door;

import java.util.Set;

/** Where in a pod's spec something may stand. */
sealed interface Place {
  /** In all containers of the pod, of whatever list. */
  EachContainer CONTAINERS = new EachContainer(Set.of(ContainerList.values()));

  /** The spec itself. */
  record Spec() implements Place {}

  /** Each container of these lists. */
  record EachContainer(Set<ContainerList> lists) implements Place {
    public EachContainer {
      lists = Set.copyOf(lists);
    }
  }

  /**
   * Each item of a list in each container.
   *
   * @param field such as "ports"
   */
  record EachItem(String field) implements Place {}

  /** Each volume. */
  record EachVolume() implements Place {}

  /** Each source of each projected volume. */
  record EachProjection() implements Place {}
}
