/**
 * What a launch has said, and what it still has to say: messages one after the other, what each
 * channel missed, what is told again, and what people have muted. Who says something is not known
 * here.
 */
package dev.liftoff.notify.outbox;
