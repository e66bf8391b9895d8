package io.viking.syncer.network.loop;

/** The kinds of objects that the loop follows. */
public enum Kind {
  SERVICE,
  SLICE,
  INGRESS,
  INGRESS_CLASS,
  ALB_CONFIG,
  SECRET
}
