/** What travels between the services: one sealed type per topic, typed ids, topics and the wire form. */
@NullMarked
package app.kulti.recording.events;

import org.jspecify.annotations.NullMarked;
