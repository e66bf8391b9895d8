package io.viking.scheduler.preemption;

import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.Occupant;

/**
 * A pod that might have to go.
 *
 * @param milliVcpu that its instance takes of the account's quota; 0 if it is not known
 */
record Victim(Occupant occupant, Crowd crowd, long milliVcpu) {}
