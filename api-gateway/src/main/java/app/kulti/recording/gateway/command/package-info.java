/** What a user wants done: judged quickly, published, and its outcome waited for. */
@NullMarked
package app.kulti.recording.gateway.command;

import org.jspecify.annotations.NullMarked;
