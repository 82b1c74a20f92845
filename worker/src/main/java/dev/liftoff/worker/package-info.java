/** Which adapters, today. No launch decision is taken here. */
package dev.liftoff.worker;
