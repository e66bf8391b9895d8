package io.viking.chaos.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Deals all of its cards in a random order before it deals one of them again. */
final class Deck<T> {
  private final List<T> cards;
  private final RandomGenerator random;
  private final Deque<T> left = new ArrayDeque<>();

  Deck(List<T> cards, RandomGenerator random) {
    this.cards = List.copyOf(cards);
    this.random = random;
  }

  T deal() {
    if (left.isEmpty()) {
      List<T> shuffled = new ArrayList<>(cards);
      Collections.shuffle(shuffled, Random.from(random));
      left.addAll(shuffled);
    }
    return left.removeFirst();
  }
}
