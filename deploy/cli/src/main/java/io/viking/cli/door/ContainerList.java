package io.viking.cli.door;

/** The lists of containers that a pod has. */
enum ContainerList {
  CONTAINERS("containers"),
  INIT_CONTAINERS("initContainers"),
  EPHEMERAL_CONTAINERS("ephemeralContainers");

  private final String field;

  ContainerList(String field) {
    this.field = field;
  }

  String field() {
    return field;
  }
}
