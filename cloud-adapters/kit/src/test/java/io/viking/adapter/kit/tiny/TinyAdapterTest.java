package io.viking.adapter.kit.tiny;

import io.viking.adapter.kit.contract.AdapterContract;
import io.viking.adapter.kit.contract.AdapterUnderTest;

class TinyAdapterTest extends AdapterContract {
  @Override
  protected AdapterUnderTest startAdapter() throws Exception {
    return new TinyAdapter();
  }
}
