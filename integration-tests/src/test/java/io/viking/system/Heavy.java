package io.viking.system;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A class of tests that loads the machine with all it can take, or asks that something came in time
 * while it does. Classes run side by side in processes of their own; of these one runs at a time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Heavy.OneAtATime.class)
public @interface Heavy {
  /** Holds a lock that all processes of this module's tests know. */
  final class OneAtATime implements BeforeAllCallback {
    private static final Path LOCK = Path.of("target", "heavy.lock");

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
      FileChannel file =
          FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      context
          .getStore(ExtensionContext.Namespace.create(OneAtATime.class))
          .put(LOCK, (AutoCloseable) file::close);
      file.lock();
    }
  }
}
