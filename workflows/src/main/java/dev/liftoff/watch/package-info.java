/**
 * Watching the new version from the first request on: soaks, the guard, the alerts that fire, the
 * things that the plan names beside them, and what a launch does about what it sees. What is not
 * measured is never green.
 */
package dev.liftoff.watch;
