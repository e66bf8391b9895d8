package io.viking.syncer.network.loop;

import com.google.common.collect.ImmutableMap;
import io.viking.syncer.network.ingress.Ingress;
import io.viking.syncer.network.ingress.TlsReading;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ObjectMeta;
import io.viking.syncer.network.service.Service;
import java.util.Map;

/**
 * What one object asks of its load balancer, and nothing else of it: two that are equal ask the
 * same, whatever became of the object's version and status.
 */
sealed interface Declaration {
  ObjectMeta meta();

  Owner owner();

  /** A Service's. */
  record OfService(Service service) implements Declaration {
    public OfService {
      service = service.declared();
    }

    @Override
    public ObjectMeta meta() {
      return service.meta();
    }

    @Override
    public Owner owner() {
      return Owner.service(service.name());
    }
  }

  /**
   * An Ingress'.
   *
   * @param tls what its Secrets give
   */
  record OfIngress(Ingress ingress, Map<NamespacedName, TlsReading> tls) implements Declaration {
    public OfIngress {
      ingress = ingress.declared();
      tls = ImmutableMap.copyOf(tls);
    }

    @Override
    public ObjectMeta meta() {
      return ingress.meta();
    }

    @Override
    public Owner owner() {
      return Owner.ingress(ingress.name());
    }
  }
}
