package dev.liftoff.activities.compatibility;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.proxy.Listening;
import dev.liftoff.activities.database.proxy.Upstream;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.Trial;

/** What all runs of a trial share. */
record Surroundings(
    LaunchId launch,
    CompatibilitySpec spec,
    Trial trial,
    Upstream upstream,
    LiveSessions live,
    Listening listening) {}
