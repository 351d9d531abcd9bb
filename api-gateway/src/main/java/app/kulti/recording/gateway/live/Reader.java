package app.kulti.recording.gateway.live;

import app.kulti.recording.events.ids.UserId;

/**
 * Who reads a stream.
 *
 * @param anonymous signed in without an account: hears of sessions that they take part in, and hosts none
 */
record Reader(UserId user, boolean anonymous) {}
