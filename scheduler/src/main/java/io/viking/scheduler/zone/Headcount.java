package io.viking.scheduler.zone;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.viking.scheduler.pod.Crowd;

/** How many pods of one crowd are in each zone. Two are never equal. */
final class Headcount {
  final Crowd crowd;
  final Multiset<String> zones = HashMultiset.create();

  /** Of these, the pods whose instance the cloud has. */
  final Multiset<String> created = HashMultiset.create();

  Headcount(Crowd crowd) {
    this.crowd = crowd;
  }
}
