package dev.kleos.iam.simulation;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Somebody else who changes the same policies, as one should: reads, changes, writes under the
/// etag, and begins anew where that was in vain.
final class Rival implements Runnable {
  private static final int MOST_TRIES = 6;

  private final SimulatedProcess process;
  private final World world;
  private final Dice dice;
  private final int edits;
  private final int longestPause;

  /// @param longestPause between two changes, in milliseconds
  Rival(SimulatedProcess process, World world, Dice dice, int edits, int longestPause) {
    this.process = process;
    this.world = world;
    this.dice = dice;
    this.edits = edits;
    this.longestPause = longestPause;
  }

  @Override
  public void run() {
    var favourite = dice.oneOf(world.scene().resources());
    for (var edit = 0; edit < edits; edit++) {
      pause(dice.millis(0, longestPause));
      change(dice.chance(60) ? favourite : dice.oneOf(world.scene().resources()));
    }
  }

  private void change(Resource resource) {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      try {
        var live =
            world
                .wire()
                .makeUnharmed(
                    process,
                    Wire.Call.of(Op.READ, resource, ago -> world.google().read(resource, ago)));
        var exemptions = Math.max(0, live.exemptions() + (dice.chance(10) ? 1 : 0));
        var next = changed(resource, live.lines());
        var written =
            world
                .wire()
                .makeUnharmed(
                    process,
                    Wire.Call.of(Op.WRITE, resource, _ -> write(resource, live, next, exemptions)));
        if (written) {
          world.tally().count(Tally.What.RIVAL_WRITES);
          return;
        }
      } catch (CloudException e) {
        return; // a new account that is not there, or not seen
      }
      pause(dice.millis(0, 400));
    }
  }

  private boolean write(Resource resource, Version read, Set<Line> next, int exemptions) {
    if (!world.google().live(resource).etag().equals(read.etag())) {
      return false;
    }
    world.google().write(resource, next, exemptions, process.name());
    return true;
  }

  /// Anything that a person, another tool or Google itself does to a policy.
  private Set<Line> changed(Resource resource, Set<Line> live) {
    var next = new LinkedHashSet<>(live);
    var wanted = world.scene().wanted(resource);
    switch (dice.upTo(7)) {
      case 0, 1 -> next.add(world.scene().anyLine(dice, resource));
      case 2 -> {
        if (!wanted.isEmpty()) {
          next.add(dice.oneOf(wanted));
        }
      }
      case 3, 4 -> {
        if (!next.isEmpty()) {
          next.remove(any(next));
        }
      }
      case 5 -> {
        if (!next.isEmpty()) {
          var line = any(next);
          next.remove(line);
          next.add(line.with(world.scene().anyCondition(dice)));
        }
      }
      default -> {
        if (!next.isEmpty()) {
          var line = any(next);
          next.remove(line);
          next.add(dice.chance(50) ? respelled(line) : deleted(line));
        }
      }
    }
    world
        .trace()
        .add(process.name(), "wants " + Wire.brief(resource) + " " + difference(live, next));
    return next;
  }

  private Line any(Set<Line> lines) {
    return dice.oneOf(List.copyOf(lines));
  }

  private static Line respelled(Line line) {
    return line.member().endsWith("@example.com")
        ? line.with(line.member().replace("@example.com", "@EXAMPLE.com"))
        : line;
  }

  private static Line deleted(Line line) {
    return line.member().startsWith("user:")
        ? line.with("deleted:" + line.member() + "?uid=1")
        : line;
  }

  private static String difference(Set<Line> before, Set<Line> after) {
    var words = new ArrayList<String>();
    before.stream().filter(line -> !after.contains(line)).forEach(line -> words.add("-" + line));
    after.stream().filter(line -> !before.contains(line)).forEach(line -> words.add("+" + line));
    return String.join(", ", words);
  }

  private void pause(Duration duration) {
    try {
      process.timer().sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a rival", e);
    }
  }
}
