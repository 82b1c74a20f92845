/**
 * What a launch knows of itself, and shows: the board, and one class for each part of what is on
 * it. Steps and people write here; nothing here knows them, waits or decides.
 */
package dev.liftoff.board;
