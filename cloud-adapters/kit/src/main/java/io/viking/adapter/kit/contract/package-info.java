/**
 * The contract's test kit: the same tests for every adapter, over real gRPC. An adapter's test
 * extends {@link io.viking.adapter.kit.contract.AdapterContract} and gives it an {@link
 * io.viking.adapter.kit.contract.AdapterUnderTest}. JUnit, AssertJ and Awaitility, which it needs,
 * are test dependencies of the adapter.
 */
@NullMarked
package io.viking.adapter.kit.contract;

import org.jspecify.annotations.NullMarked;
