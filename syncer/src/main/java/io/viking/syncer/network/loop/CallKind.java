package io.viking.syncer.network.loop;

/** Kinds of calls to the cloud that it throttles together. */
enum CallKind {
  BALANCER,
  BACKENDS,
  RECORDS
}
