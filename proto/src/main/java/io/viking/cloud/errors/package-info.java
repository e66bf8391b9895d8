/**
 * The reasons of the contract, as values: what a failure says, how it is read off a gRPC call or a
 * batch item, and what the orchestration does about it. Shared by the loops, the command and the
 * adapters; how a failure is written on the wire is in the adapters' kit.
 */
@NullMarked
package io.viking.cloud.errors;

import org.jspecify.annotations.NullMarked;
