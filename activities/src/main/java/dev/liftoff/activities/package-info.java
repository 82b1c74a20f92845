/** How the world is touched: one package per outside system, each the adapter of a port. */
package dev.liftoff.activities;
