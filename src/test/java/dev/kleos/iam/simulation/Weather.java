package dev.kleos.iam.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How calls fare: each seed has a climate of its own, from calm to wild, and some have times when
/// nothing of a kind goes through.
final class Weather {
  private static final List<Integer> RATES = List.of(0, 0, 1, 3, 10, 25);
  private static final List<Fault> ON_THE_WAY =
      List.of(
          Fault.QUOTA,
          Fault.QUOTA_WITH_A_WAIT,
          Fault.INTERNAL,
          Fault.UNAVAILABLE,
          Fault.SILENCE,
          Fault.LOST_ANSWER,
          Fault.LATE,
          Fault.SLOW);
  private static final List<Fault> OF_TIMES =
      List.of(Fault.QUOTA, Fault.QUOTA, Fault.UNAVAILABLE, Fault.INTERNAL, Fault.CONFLICT);

  private final Map<Fault, Integer> rates = new EnumMap<>(Fault.class);
  private final List<Times> times = new ArrayList<>();
  private final Dice dice;
  private final Tally tally;
  private int fullness;
  private boolean isCalm;

  Weather(Dice dice, Tally tally) {
    this.dice = dice;
    this.tally = tally;
    if (dice.chance(80)) {
      for (var fault : ON_THE_WAY) {
        rates.put(fault, dice.oneOf(RATES));
      }
      rates.put(Fault.STALE, dice.oneOf(RATES) * 2);
      rates.put(Fault.CONFLICT, dice.oneOf(RATES));
      fullness = dice.chance(10) ? dice.oneOf(List.of(2, 20, 90)) : 0;
      for (var number = dice.between(-2, 2); number > 0; number--) {
        var begin = Scheduler.START.plus(dice.seconds(0, 20));
        var length = dice.chance(40) ? Duration.ofHours(1) : dice.seconds(1, 90);
        times.add(new Times(dice.oneOf(OF_TIMES), begin, begin.plus(length), dice.chance(50)));
      }
    }
  }

  /// From now on everything goes well.
  void calm() {
    isCalm = true;
  }

  /// What happens to this call; null for nothing.
  @Nullable Fault fault(Op op, Instant now) {
    if (isCalm) {
      return null;
    }
    for (var time : times) {
      if (time.reigns(op, now) && dice.chance(95)) {
        return tally.count(time.fault);
      }
    }
    for (var entry : rates.entrySet()) {
      if (isPossible(entry.getKey(), op) && dice.chance(entry.getValue())) {
        return tally.count(entry.getKey());
      }
    }
    return null;
  }

  /// One way through the network.
  Duration way() {
    return dice.millis(1, 120);
  }

  /// How long a call takes that is slow, and is answered all the same.
  Duration slowly() {
    return dice.millis(1000, 9000);
  }

  /// How long after the caller gave up a late call is carried out.
  Duration late() {
    return dice.millis(1, 20_000);
  }

  /// How long Google asks to wait.
  Duration asked() {
    return dice.chance(5) ? Duration.ofSeconds(86_401) : dice.seconds(1, 40);
  }

  /// How old a stale answer is.
  Duration staleness() {
    return dice.millis(50, 12_000);
  }

  /// How long after its creation an account is not seen by every call.
  Duration untilAnAccountIsSeen() {
    return isCalm || dice.chance(30) ? Duration.ZERO : dice.seconds(0, 80);
  }

  boolean isDiskFull() {
    return !isCalm && fullness > 0 && dice.chance(fullness);
  }

  boolean coin() {
    return dice.chance(50);
  }

  private static boolean isPossible(Fault fault, Op op) {
    return switch (fault) {
      case STALE -> op == Op.READ;
      case CONFLICT -> op == Op.WRITE;
      case LOST_ANSWER, LATE -> op.isWrite();
      default -> true;
    };
  }

  /// A time when calls of a kind fail.
  private record Times(Fault fault, Instant begin, Instant end, boolean ofWritesAlone) {
    boolean reigns(Op op, Instant now) {
      return !now.isBefore(begin)
          && now.isBefore(end)
          && (op.isWrite() || !ofWritesAlone)
          && isPossible(fault, op);
    }
  }
}
