package io.viking.adapter.kit.contract;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract. An adapter's test extends this and says how it is started; every topic is
 * also a class of its own, to run one alone.
 */
public abstract class AdapterContract {
  /** Starts, or finds, the adapter to test. Called once for each test; each closes what it got. */
  protected abstract AdapterUnderTest startAdapter() throws Exception;

  @Nested
  class Info extends InfoContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Catalog extends CatalogContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Creation extends InstanceCreationContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Placement extends InstancePlacementContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Deletion extends InstanceDeletionContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Listing extends InstanceListContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Watching extends InstanceWatchContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Scope extends ScopeContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Files extends FilesContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Logs extends LogsContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Exec extends ExecContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Attach extends AttachContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class PortForward extends PortForwardContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Usage extends UsageContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class LoadBalancers extends LoadBalancerContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Backends extends BackendContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class ForeignLoadBalancers extends ForeignLoadBalancerContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Dns extends DnsContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class ForeignRecords extends ForeignRecordContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Restart extends RestartContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }

  @Nested
  class Errors extends ErrorsContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return AdapterContract.this.startAdapter();
    }
  }
}
