/** Who calls: Supabase's tokens, and which pages of other origins may call. */
@NullMarked
package app.kulti.recording.gateway.access;

import org.jspecify.annotations.NullMarked;
