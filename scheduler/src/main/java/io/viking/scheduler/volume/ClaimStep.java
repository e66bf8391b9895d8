package io.viking.scheduler.volume;

/** What brings a claim to its volume, once a pod has its zone. */
public sealed interface ClaimStep {
  ClaimKey claim();

  /** Nothing is left to do but to wait: it is under way. */
  record Await(ClaimKey claim) implements ClaimStep {}

  /** Keep this free volume for the claim; the cluster's volume controller binds them. */
  record Keep(ClaimKey claim, String claimUid, Volume volume) implements ClaimStep {}

  /** Say on the claim, as it was seen, for which zone's node a volume is to be made. */
  record SelectNode(ClaimKey claim, String claimUid, String claimVersion) implements ClaimStep {}
}
