package io.viking.cli.up;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** The session of processes that this one belongs to. */
final class Session {
  private Session() {}

  /**
   * Leaves the terminal's session for one of its own, as setsid(2): neither Ctrl-C there nor
   * closing it reaches this process or its children any more. Does nothing in a process that leads
   * its group already.
   */
  static void leave() {
    Linker linker = Linker.nativeLinker();
    linker
        .defaultLookup()
        .find("setsid")
        .map(setsid -> linker.downcallHandle(setsid, FunctionDescriptor.of(ValueLayout.JAVA_INT)))
        .ifPresent(
            setsid -> {
              try {
                int ignored = (int) setsid.invokeExact();
              } catch (Throwable e) {
                throw new IllegalStateException("setsid cannot be called", e);
              }
            });
  }
}
