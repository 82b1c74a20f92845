/** The operator's hands: one class per verb of the {@code liftoff} command. */
package dev.liftoff.starter;
